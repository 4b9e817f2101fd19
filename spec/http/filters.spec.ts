import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/problem.ts'
import { filterExact, filterFlag, filterLabels, filterMatch, parseFilters } from '../../src/http/filters.ts'

const accepted = new Set(['label', 'name', 'dangling'])
const refusal = (read: () => unknown) => {
  try {
    read()
  } catch (problem) {
    return problem
  }
}

describe('both forms are read', () => {
  test.each([
    ['{"name":["a","b"]}', ['a', 'b']],
    ['{"name":{"a":true,"b":false}}', ['a', 'b']],
    ['{"name":["a","a"]}', ['a']],
    ['{"name":null}', []],
  ])('%s', (text, values) => {
    expect(parseFilters(text).get('name')).toEqual(values)
  })
  test.each([null, '', '{}', 'null'])('%j is no filter', (text) => {
    expect(parseFilters(text, accepted).size).toBe(0)
  })
})

describe('what is broken is refused', () => {
  test.each(['{nope', '[]', '"x"', '{"name":"x"}', '{"name":[1]}', '{"name":{"a":1}}'])('%s', (text) => {
    expect(refusal(() => parseFilters(text, accepted))).toEqual(new Problem('InvalidParameter', 'invalid filter'))
  })
  test('an unknown key', () => {
    expect(refusal(() => parseFilters('{"nosuch":["x"]}', accepted))).toEqual(
      new Problem('InvalidParameter', "invalid filter 'nosuch'"),
    )
  })
  test('a flag that is none, or both', () => {
    for (const values of [['zz'], ['true', 'false']])
      expect(refusal(() => filterFlag(new Map([['dangling', values]]), 'dangling', false))).toEqual(
        new Problem('InvalidParameter', `invalid filter 'dangling=[${values.join(' ')}]'`),
      )
  })
})

describe('matching', () => {
  test('labels are AND-ed, names are OR-ed', () => {
    const labels = { a: '1', b: '' }
    expect(filterLabels(new Map([['label', ['a', 'b=']]]), labels)).toBe(true)
    expect(filterLabels(new Map([['label', ['a=1', 'c']]]), labels)).toBe(false)
    expect(filterLabels(new Map([['label', ['a=2']]]), labels)).toBe(false)
    expect(filterExact(new Map([['name', ['x', 'y']]]), 'name', 'y')).toBe(true)
    expect(filterExact(new Map(), 'name', 'y')).toBe(true)
  })
  test('a name is a regular expression, found anywhere; a bad one matches only itself', () => {
    expect(filterMatch(new Map([['name', ['^w.b$']]]), 'name', 'web')).toBe(true)
    expect(filterMatch(new Map([['name', ['e']]]), 'name', 'web')).toBe(true)
    expect(filterMatch(new Map([['name', ['(']]]), 'name', 'web')).toBe(false)
    expect(filterMatch(new Map([['name', ['(']]]), 'name', '(')).toBe(true)
  })
})
