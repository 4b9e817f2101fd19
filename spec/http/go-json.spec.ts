import { describe, expect, test } from 'vitest'
import type { Problem } from '../../src/core/problem.ts'
import {
  as,
  bool,
  decode,
  int,
  list,
  map,
  nullable,
  omitEmpty,
  string,
  stringOrList,
  struct,
} from '../../src/http/go-json.ts'

const inner = struct('Inner', { hostPort: string })
const schema = struct('Outer', {
  hostname: string,
  tty: bool,
  utsMode: as('UTSMode', string),
  env: list(string),
  cmd: stringOrList,
  labels: omitEmpty(map(string)),
  retries: nullable(int),
  inner,
})
const refusal = (value: unknown) => {
  try {
    decode(schema, value)
  } catch (problem) {
    return (problem as Problem).message
  }
}

test('absent fields are Go zero values, and nil stays null on the wire', () => {
  const value = decode(schema, {})
  expect(value).toEqual({
    hostname: '',
    tty: false,
    utsMode: '',
    env: null,
    cmd: null,
    labels: null,
    retries: null,
    inner: { hostPort: '' },
  })
  expect(schema.encode(value)).toEqual({
    Hostname: '',
    Tty: false,
    UTSMode: '',
    Env: null,
    Cmd: null,
    Retries: null,
    Inner: { HostPort: '' },
  })
})

test('names match in any case, unknown ones are ignored, a string may be a list of one', () => {
  expect(
    decode(schema, { HOSTNAME: 'a', utsmode: 'host', cmd: 'sh', nosuch: 1, Labels: { b: '2', a: '1' } }),
  ).toMatchObject({
    hostname: 'a',
    utsMode: 'host',
    cmd: ['sh'],
  })
})

test('maps are written in key order', () => {
  const value = decode(schema, { Labels: { b: '2', a: '1' } })
  expect(Object.keys((schema.encode(value) as { Labels: object }).Labels)).toEqual(['a', 'b'])
})

describe('the words of a mismatch', () => {
  test.each([
    [{ Hostname: 5 }, 'json: cannot unmarshal number into Go struct field Outer.Hostname of type string'],
    [{ Tty: 'yes' }, 'json: cannot unmarshal string into Go struct field Outer.Tty of type bool'],
    [{ Env: 'A=1' }, 'json: cannot unmarshal string into Go struct field Outer.Env of type []string'],
    [{ Env: [1] }, 'json: cannot unmarshal number into Go struct field Outer.Env of type string'],
    [{ Inner: [] }, 'json: cannot unmarshal array into Go struct field Outer.Inner of type Inner'],
    [{ Retries: 1.5 }, 'json: cannot unmarshal number 1.5 into Go struct field Outer.Retries of type int'],
    [[], 'json: cannot unmarshal array into Go value of type Outer'],
  ])('%j', (value, words) => {
    expect(refusal(value)).toBe(`invalid JSON: ${words}`)
  })
})
