import type { Call } from './call.ts'
import { filter } from './filter.ts'

/** Where a character ends that begins in that column. */
function advance(call: Call<undefined>, column: number, char: string): number {
  if (call.has('b')) return column + 1
  if (char === '\t') return column + 8 - (column % 8)
  if (char === '\b') return Math.max(0, column - 1)
  return char === '\r' ? 0 : column + 1
}

function wrap(call: Call<undefined>, line: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  let column = 0
  for (const char of line) {
    if (advance(call, column, char) > width && current !== '') {
      const blank = call.has('s') ? current.search(/\s\S*$/) : -1
      const rest = blank < 0 ? '' : current.slice(blank + 1)
      lines.push(blank < 0 ? current : current.slice(0, blank + 1))
      current = rest
      column = [...rest].reduce((at, each) => advance(call, at, each), 0)
    }
    current += char
    column = advance(call, column, char)
  }
  return [...lines, current]
}

export const fold = filter({
  name: 'fold',
  short: 'bsw:',
  number: 'w',
  usage: 'fold [-bs] [-w WIDTH] [FILE]...',
  line(call, line, ended) {
    const width = Number(call.value('w') ?? 80)
    call.out(wrap(call, line, width).join('\n') + (ended ? '\n' : ''))
  },
})
