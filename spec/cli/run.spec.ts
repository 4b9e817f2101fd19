import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { run } from '../../src/cli/run.ts'

describe('run', () => {
  let printed = ''
  let complained = ''
  beforeEach(() => {
    ;[printed, complained] = ['', '']
    vi.spyOn(console, 'log').mockImplementation((text) => void (printed += `${text}\n`))
    vi.spyOn(console, 'error').mockImplementation((text) => void (complained += `${text}\n`))
  })
  afterEach(() => vi.restoreAllMocks())

  it.each(
    [[], ['--help'], ['-h'], ['help'], ['serve', '--help'], ['exec', '--seed', '1', '--help']].map((args) => [args]),
  )('%j helps', async (args) => {
    expect(await run(args)).toBe(0)
    expect(printed).toMatch(/^wavetank: a whole Docker Engine/)
  })

  it.each([
    [['dance'], 'unknown command "dance"'],
    [['toString'], 'unknown command "toString"'],
    [['serve', '--nosuch'], "Unknown option '--nosuch'"],
    [['serve', 'here'], "Unexpected argument 'here'"],
    [['serve', '--port', 'high'], '--port is a number up to 65535, not "high"'],
    [['serve', '--port', '65536'], '--port is a number up to 65535, not "65536"'],
    [['serve', '--latency', 'long'], '--latency is a time such as 50ms, not "long"'],
    [['serve', '--bandwidth', '0'], '--bandwidth is a number of bytes a second such as 500k or 2M, not "0"'],
    [['serve', '--clock', 'sun'], '--clock is one of real, auto, manual, not "sun"'],
    [['exec'], 'exec needs a command, after --'],
    [['exec', '--'], 'exec needs a command, after --'],
    [['trace'], 'trace needs a command, after --'],
  ])('%j is refused with status 2', async (args, words) => {
    expect(await run(args)).toBe(2)
    expect(complained.startsWith(`wavetank: ${words}`)).toBe(true)
    expect(printed).toBe('')
  })
})
