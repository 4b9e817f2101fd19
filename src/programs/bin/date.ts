import { parseDate, strftime } from './date-text.ts'
import { tool } from './tool.ts'

export const date = tool({
  name: 'date',
  short: 'd:uRIs:D:r:',
  long: { 'date:': 'd', utc: 'u', 'rfc-2822': 'R' },
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
    const fallback = call.has('R') ? '%a, %d %b %Y %H:%M:%S %z' : call.has('I') ? '%Y-%m-%d' : '%a %b %e %H:%M:%S %Z %Y'
    call.out(`${strftime(format ?? fallback, at)}\n`)
  },
})
