import { type Duration, HOUR, MINUTE, SECOND } from '../../core/instant.ts'
import { tool, usage } from './tool.ts'

const UNITS: Readonly<Record<string, Duration>> = { '': SECOND, s: SECOND, m: MINUTE, h: HOUR, d: 24 * HOUR }

/** `1`, `0.5`, `2m`, `1d`; undefined: no duration. */
export function parseDuration(word: string): Duration | undefined {
  const [, number, unit] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(word) ?? []
  return number === undefined ? undefined : Number(number) * UNITS[unit!]!
}

export const sleep = tool<{ begun: boolean }>({
  name: 'sleep',
  short: '',
  usage: 'sleep [N]...',
  data: () => ({ begun: false }),
  run(call) {
    if (call.data.begun) return 0
    call.data.begun = true
    if (call.operands.length === 0) {
      usage(call, 'sleep [N]...')
      return 1
    }
    let total = 0
    for (const word of call.operands) {
      const duration = word === 'infinity' || word === 'inf' ? 1e15 : parseDuration(word)
      if (duration === undefined) return void call.fail(`invalid number '${word}'`)
      total += duration
    }
    call.sleepUntil(call.kernel.now + Math.round(total))
  },
})
