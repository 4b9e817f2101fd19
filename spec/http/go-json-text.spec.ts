import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from '../../src/http/go-json-text.ts'

test('a JSON value is read whole, and what follows it is left', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('', ' ', '\n{"x":1}', ' trailing'), (text, rest) => {
      expect(readJson(text + rest)).toEqual({ value: JSON.parse(text), rest: rest.trim() === '' ? '' : rest })
    }),
  )
})

test('whatever the text, there is a value or Go has words for it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,0123-.eE\\utrn \n'), maxLength: 20 }), (text) => {
      const read = readJson(text)
      if ('error' in read) expect(read.error).toMatch(/^(unexpected )?EOF$|^invalid character '.+' /)
      else expect(JSON.parse(text.slice(0, text.length - read.rest.length))).toEqual(read.value)
    }),
  )
})

describe('the words of encoding/json', () => {
  test.each([
    ['', 'EOF'],
    ['{nope', "invalid character 'n' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"}', `invalid character '"' after object key:value pair`],
    ['[1 2]', "invalid character '2' after array element"],
    ['nope', "invalid character 'o' in literal null (expecting 'u')"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['"a\nb"', "invalid character '\\n' in string literal"],
    ['{"a":', 'unexpected EOF'],
    ['x', "invalid character 'x' looking for beginning of value"],
  ])('%j', (text, error) => {
    expect(readJson(text)).toEqual({ error })
  })
})
