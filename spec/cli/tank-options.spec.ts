import { describe, expect, it } from 'vitest'
import { tankOptions } from '../../src/cli/tank-options.ts'

describe('the flags of a tank', () => {
  it.each([
    [{}, { latency: '0ms' }],
    [{ bandwidth: '500' }, { latency: '0ms', bandwidth: 500 }],
    [
      { bandwidth: '1.5M', latency: '50ms' },
      { latency: '50ms', bandwidth: 1_500_000 },
    ],
    [{ bandwidth: '2g' }, { latency: '0ms', bandwidth: 2_000_000_000 }],
  ])('%j', (flags, network) => {
    expect(tankOptions(flags, 'real')).toEqual({ clock: 'real', network })
  })

  it.each(['fast', '0', '-1', '1x', 'k'])('--bandwidth is not %s', (bandwidth) => {
    expect(() => tankOptions({ bandwidth }, 'real')).toThrow('--bandwidth is a number of bytes a second')
  })
})
