import { type Duration, HOUR, MINUTE, SECOND } from '../../core/instant.ts'
import { PAUSE } from '../kernel/program.ts'
import { tool, usage } from './tool.ts'

const UNITS: Readonly<Record<string, Duration>> = { '': SECOND, s: SECOND, m: MINUTE, h: HOUR, d: 24 * HOUR }

const FOREVER = /^inf(inity)?$/i

/** `1`, `0.5`, `2m`, `1d`; undefined: no duration. */
export function parseDuration(word: string): Duration | undefined {
  const [, number, unit] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(word) ?? []
  return number === undefined ? undefined : Number(number) * UNITS[unit!]!
}

export const sleep = tool<{ begun: boolean; forever: boolean }>({
  name: 'sleep',
  short: '',
  usage: 'sleep [N]...',
  data: () => ({ begun: false, forever: false }),
  run(call) {
    if (call.data.forever) return void call.pause(PAUSE)
    if (call.data.begun) return 0
    call.data.begun = true
    if (call.operands.length === 0) {
      usage(call, 'sleep [N]...')
      return 1
    }
    let total = 0
    for (const word of call.operands) {
      const duration = FOREVER.test(word) ? 0 : parseDuration(word)
      call.data.forever ||= FOREVER.test(word)
      if (duration === undefined) return void call.fail(`invalid number '${word}'`)
      total += duration
    }
    // No timer: a clock that jumps shall not come to it.
    if (call.data.forever) return void call.pause(PAUSE)
    call.sleepUntil(call.kernel.now + Math.round(total))
  },
})
