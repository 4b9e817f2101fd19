import { filter } from './filter.ts'

export const nl = filter<{ next: number }>({
  name: 'nl',
  short: 'b:i:s:v:w:',
  long: { 'body-numbering:': 'b', 'starting-line-number:': 'v', 'number-width:': 'w', 'line-increment:': 'i' },
  usage: 'nl [OPTIONS] [FILE]...',
  data: () => ({ next: 0 }),
  start(call) {
    call.data.next = Number(call.value('v') ?? 1)
    return undefined
  },
  line(call, line) {
    const style = call.value('b') ?? 't'
    const width = Number(call.value('w') ?? 6)
    const separator = call.value('s') ?? '\t'
    const counts = style === 'a' || (style === 't' && line !== '')
    if (!counts) return call.out(`${' '.repeat(width + separator.length)}${line}\n`)
    call.out(`${String(call.data.next).padStart(width)}${separator}${line}\n`)
    call.data.next += Number(call.value('i') ?? 1)
  },
})
