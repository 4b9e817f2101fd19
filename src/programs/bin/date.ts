import { formatTime } from '../text/format-time.ts'
import { parseDate } from './date-text.ts'
import { tool } from './tool.ts'

/** `-Iseconds` and its like. Built without FEATURE_DATE_NANO, as in the official image: `%N` is no conversion, and there are no nanoseconds. */
function isoFormat(precision = 'date'): string {
  const clock = { hours: 'T%H', minutes: 'T%H:%M', seconds: 'T%H:%M:%S', ns: 'T%H:%M:%S,000000000' }[precision]
  return clock === undefined ? '%Y-%m-%d' : `%Y-%m-%d${clock}+00:00`
}

export const date = tool({
  name: 'date',
  short: 'd:uRI::s:D:r:',
  long: { 'date:': 'd', utc: 'u', 'rfc-2822': 'R', 'reference:': 'r' },
  usage: 'date [OPTIONS] [+FMT] [[-s] TIME]',
  run(call) {
    const word = call.value('d')
    const reference = call.value('r')
    let at = call.kernel.now
    if (word !== undefined) {
      const parsed = parseDate(word, at)
      if (parsed === undefined) return void call.fail(`invalid date '${word}'`)
      at = parsed
    } else if (reference !== undefined) {
      const node = call.attempt(() => call.files.stat(call.caller, reference, call.here))
      if (!node) return
      at = Number(node.mtime / 1000n)
    }
    const format = call.operands.find((operand) => operand.startsWith('+'))?.slice(1)
    const fallback = call.has('R')
      ? '%a, %d %b %Y %H:%M:%S %z'
      : call.has('I')
        ? isoFormat(call.value('I'))
        : '%a %b %e %H:%M:%S %Z %Y'
    call.out(`${formatTime(format ?? fallback, at)}\n`)
  },
})
