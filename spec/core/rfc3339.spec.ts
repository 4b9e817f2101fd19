import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ZERO_TIME } from '../../src/core/instant.ts'
import { parseRfc3339, rfc3339Fixed, rfc3339Nano } from '../../src/core/rfc3339.ts'

test('zeros at the end are cut off, as Go cuts them', () => {
  expect(rfc3339Nano(ZERO_TIME)).toBe('0001-01-01T00:00:00Z')
  expect(rfc3339Nano(1_735_689_600_000_000)).toBe('2025-01-01T00:00:00Z')
  expect(rfc3339Nano(1_735_689_600_120_000)).toBe('2025-01-01T00:00:00.12Z')
  expect(rfc3339Nano(1_735_689_600_000_001)).toBe('2025-01-01T00:00:00.000001Z')
})

test('the fixed form has nine digits', () => {
  expect(rfc3339Fixed(1_735_689_600_000_000)).toBe('2025-01-01T00:00:00.000000000Z')
  expect(rfc3339Fixed(1_735_689_600_120_003)).toBe('2025-01-01T00:00:00.120003000Z')
})

test('zones are taken into account, nonsense is not a time', () => {
  expect(parseRfc3339('2025-01-01T02:00:00.5+02:00')).toBe(1_735_689_600_500_000)
  for (const text of ['', '2025-13-01T00:00:00Z', '2025-02-30T00:00:00Z', '2025-01-01', 'now'])
    expect(parseRfc3339(text)).toBeUndefined()
})

test('parse undoes both forms', () => {
  const instants = fc
    .integer({ min: ZERO_TIME / 1e6, max: 8_000_000_000 })
    .chain((seconds) => fc.integer({ min: 0, max: 999_999 }).map((micros) => seconds * 1_000_000 + micros))
  fc.assert(
    fc.property(instants, (at) => {
      expect(parseRfc3339(rfc3339Nano(at))).toBe(at)
      expect(parseRfc3339(rfc3339Fixed(at))).toBe(at)
    }),
  )
})
