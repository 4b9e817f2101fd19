import { expect, test } from 'vitest'
import { humanDuration } from '../../src/core/human-duration.ts'
import { HOUR, MINUTE, SECOND } from '../../src/core/instant.ts'

test.each([
  [-5 * SECOND, 'Less than a second'],
  [SECOND - 1, 'Less than a second'],
  [SECOND, '1 second'],
  [59 * SECOND, '59 seconds'],
  [MINUTE, 'About a minute'],
  [2 * MINUTE, '2 minutes'],
  [59 * MINUTE + 59 * SECOND, '59 minutes'],
  [HOUR, 'About an hour'],
  [1.6 * HOUR, '2 hours'],
  [47 * HOUR, '47 hours'],
  [48 * HOUR, '2 days'],
  [13 * 24 * HOUR, '13 days'],
  [14 * 24 * HOUR, '2 weeks'],
  [59 * 24 * HOUR, '8 weeks'],
  [60 * 24 * HOUR, '2 months'],
  [729 * 24 * HOUR, '24 months'],
  [730 * 24 * HOUR, '2 years'],
])('%d µs is %s', (duration, text) => {
  expect(humanDuration(duration)).toBe(text)
})
