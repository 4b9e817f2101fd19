import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationText, parseDuration } from '../../src/core/duration-text.ts'

test.each([
  [0, '0s'],
  [1, '1µs'],
  [1_500, '1.5ms'],
  [100_000, '100ms'],
  [1_000_000, '1s'],
  [90_000_000, '1m30s'],
  [3_600_000_000, '1h0m0s'],
  [3_661_500_000, '1h1m1.5s'],
  [-1_500_000, '-1.5s'],
])('%d µs is %s', (micros, text) => {
  expect(durationText(micros)).toBe(text)
})

test.each(['', '1', '1x', '1h ', 's', '.s', '--1s', '1.2.3s'])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined()
})

test('fractions and several units', () => {
  expect(parseDuration('1.5h')).toBe(5_400_000_000)
  expect(parseDuration('1h2m3.000004s')).toBe(3_723_000_004)
  expect(parseDuration('-10ms')).toBe(-10_000)
  expect(parseDuration('0')).toBe(0)
  expect(parseDuration('2000ns')).toBe(2)
})

test('parse undoes text', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e15, max: 1e15 }), (micros) => {
      expect(parseDuration(durationText(micros))).toBe(micros)
    }),
  )
})
