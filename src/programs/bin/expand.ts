import { filter } from './filter.ts'

const stops = (value: string | undefined) => Math.max(1, Number(value ?? 8) || 8)

function spaced(line: string, every: number, initial: boolean): string {
  let text = ''
  for (const char of line) {
    if (initial && char !== '\t' && char !== ' ') return text + line.slice(text.length === 0 ? 0 : firstInk(line))
    text += char === '\t' ? ' '.repeat(every - (text.length % every)) : char
  }
  return text
}

const firstInk = (line: string) => line.search(/[^\t ]/)

export const expand = filter({
  name: 'expand',
  short: 'it:',
  number: 't',
  long: { initial: 'i', 'tabs:': 't' },
  usage: 'expand [-i] [-t N] [FILE]...',
  line: (call, line, ended) => call.out(spaced(line, stops(call.value('t')), call.has('i')) + (ended ? '\n' : '')),
})

/** Blanks up to a tab stop become a tab: those at the beginning of a line, or all (`-a`). */
function tabbed(line: string, every: number, all: boolean): string {
  let text = ''
  let column = 0
  let blanks = 0
  for (const [index, char] of [...line].entries()) {
    if (char === ' ' && (all || /^[ \t]*$/.test(line.slice(0, index)))) {
      blanks++
      column++
      if (column % every === 0) {
        text += blanks > 1 || !all ? '\t' : ' '
        blanks = 0
      }
      continue
    }
    text += ' '.repeat(blanks) + char
    blanks = 0
    column = char === '\t' ? column + every - (column % every) : column + 1
  }
  return text + ' '.repeat(blanks)
}

export const unexpand = filter({
  name: 'unexpand',
  short: 'aft:',
  long: { all: 'a', 'first-only': 'f', 'tabs:': 't' },
  usage: 'unexpand [-fa][-t N] [FILE]...',
  line(call, line, ended) {
    const all = (call.has('a') || call.has('t')) && !call.has('f')
    call.out(tabbed(line, stops(call.value('t')), all) + (ended ? '\n' : ''))
  },
})
