import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../../src/core/problem.ts'
import {
  canonical,
  familiar,
  parseCanonical,
  parseReference,
  withDefaultTag,
} from '../../../src/engine/images/reference.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`

test.each([
  ['busybox', 'docker.io/library/busybox:latest', 'busybox:latest'],
  ['busybox:1.36', 'docker.io/library/busybox:1.36', 'busybox:1.36'],
  ['library/busybox', 'docker.io/library/busybox:latest', 'busybox:latest'],
  ['docker.io/busybox', 'docker.io/library/busybox:latest', 'busybox:latest'],
  ['index.docker.io/busybox', 'docker.io/library/busybox:latest', 'busybox:latest'],
  ['user/app:x', 'docker.io/user/app:x', 'user/app:x'],
  ['reg.example.com:5000/a/b:c', 'reg.example.com:5000/a/b:c', 'reg.example.com:5000/a/b:c'],
  ['localhost/a', 'localhost/a:latest', 'localhost/a:latest'],
  ['localhost:5000/a', 'localhost:5000/a:latest', 'localhost:5000/a:latest'],
  ['Host/a', 'Host/a:latest', 'Host/a:latest'],
  [`busybox@${DIGEST}`, `docker.io/library/busybox@${DIGEST}`, `busybox@${DIGEST}`],
  [`busybox:1@${DIGEST}`, `docker.io/library/busybox:1@${DIGEST}`, `busybox:1@${DIGEST}`],
])('%s', (text, full, short) => {
  const reference = withDefaultTag(parseReference(text))
  expect(canonical(reference)).toBe(full)
  expect(familiar(reference)).toBe(short)
  expect(parseCanonical(full)).toEqual(reference)
})

describe('refusals', () => {
  const refusal = (text: string) => {
    try {
      return canonical(parseReference(text))
    } catch (problem) {
      return problem instanceof Problem ? problem.message : String(problem)
    }
  }

  test.each([
    ['', 'invalid reference format'],
    ['a//b', 'invalid reference format'],
    ['a:b:c', 'invalid reference format'],
    ['-a', 'invalid reference format'],
    ['a:-b', 'invalid reference format'],
    ['a@sha256:zz', 'invalid reference format'],
    ['UPPER:case', 'invalid reference format: repository name (library/UPPER) must be lowercase'],
    ['x/UPPER', 'invalid reference format: repository name (x/UPPER) must be lowercase'],
    ['a'.repeat(64), `invalid repository name (${'a'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
    [`a@md5:${'a'.repeat(32)}`, 'unsupported digest algorithm'],
    [`a@sha256:${'a'.repeat(40)}`, 'invalid checksum digest length'],
    [`reg.io/${'a/'.repeat(150)}a`, 'repository name must not be more than 255 characters'],
  ])('%s', (text, words) => {
    expect(refusal(text)).toBe(words)
  })

  test('any text is refused with a Problem, or its canonical form parses to itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z0-9./:@_-]{0,40}$/)), (text) => {
        const once = refusal(text)
        if (once.startsWith('invalid') || once.startsWith('unsupported') || once.startsWith('repository')) return
        expect(refusal(once)).toBe(once)
      }),
    )
  })
})
