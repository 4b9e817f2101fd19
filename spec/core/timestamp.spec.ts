import { expect, test } from 'vitest'
import { MINUTE, SECOND } from '../../src/core/instant.ts'
import { parseTimestamp, parseUnix } from '../../src/core/timestamp.ts'

const NOW = 1_735_689_600 * SECOND

test.each([
  ['10m', NOW - 10 * MINUTE],
  ['-10m', NOW + 10 * MINUTE],
  ['1735689600', NOW],
  ['1735689600.25', NOW + SECOND / 4],
  ['2025-01-01T00:00:00Z', NOW],
  ['2025-01-01T01:00:00+01:00', NOW],
  ['2025-01-01T00:00:00', NOW],
  ['2025-01-01T00:00', NOW],
  ['2025-01-01T00', NOW],
  ['2025-01-01', NOW],
  ['2025-01-01Z', NOW],
])('%s', (text, instant) => {
  expect(parseTimestamp(text, NOW)).toBe(instant)
})

test.each(['', 'zz', '2025-1-1', 'T10:00'])('%j is no timestamp', (text) => {
  expect(parseTimestamp(text, NOW)).toBeUndefined()
})

test('unix seconds keep microseconds of the nine digits', () => {
  expect(parseUnix('1.000001999')).toBe(1_000_001)
  expect(parseUnix('2020-01-01T00:00:00Z')).toBeUndefined()
})
