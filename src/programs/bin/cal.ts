import { calendar, daysOf, MONTHS } from '../text/format-time.ts'
import type { Call } from './call.ts'
import { tool } from './tool.ts'

const WIDTH = 20

/** Eight lines: title, days, and six weeks. */
function month(year: number, number: number, named: boolean): string[] {
  const title = `${MONTHS[number - 1]!}${named ? ` ${year}` : ''}`
  const start = (((daysOf(year, number, 1) + 4) % 7) + 7) % 7
  const count =
    daysOf(year, number + 1 > 12 ? 1 : number + 1, 1) +
    (number === 12 ? daysOf(year + 1, 1, 1) - daysOf(year, 1, 1) : 0) -
    daysOf(year, number, 1)
  const cells = [
    ...Array<string>(start).fill('  '),
    ...Array.from({ length: count }, (_, day) => String(day + 1).padStart(2)),
  ]
  const weeks = Array.from({ length: 6 }, (_, week) => cells.slice(week * 7, week * 7 + 7).join(' '))
  return [' '.repeat(Math.floor((WIDTH - title.length) / 2)) + title, 'Su Mo Tu We Th Fr Sa', ...weeks]
}

function number(call: Call<undefined>, word: string, from: number, to: number, what: string): number | undefined {
  const value = Number(word)
  if (/^\d+$/.test(word) && value >= from && value <= to) return value
  call.fail(`${what} ${word} is not in ${from}..${to} range`)
  return undefined
}

export const cal = tool({
  name: 'cal',
  short: 'jmy',
  usage: 'cal [-jmy] [[MONTH] YEAR]',
  run(call) {
    const now = calendar(call.kernel.now)
    const [first, second] = call.operands
    const whole = call.has('y') || (first !== undefined && second === undefined)
    const year = first === undefined ? now.year : number(call, second ?? first, 1, 9999, 'year')
    const chosen = second === undefined ? now.month : number(call, first!, 1, 12, 'number')
    if (year === undefined || chosen === undefined) return 1
    if (!whole) {
      call.out(
        `${month(year, chosen, true)
          .map((line) => (line.trim() === '' ? ' '.repeat(WIDTH + 1) : line.trimEnd()))
          .join('\n')}\n`,
      )
      return undefined
    }
    call.out(`${String(year).padStart(34)}\n\n`)
    for (let row = 0; row < 12; row += 3) {
      const three = [1, 2, 3].map((column) => month(year, row + column, false))
      for (let line = 0; line < 8; line++)
        call.out(
          `${three
            .map((lines) => (lines[line] ?? '').padEnd(WIDTH))
            .join('   ')
            .trimEnd()}\n`,
        )
    }
    return undefined
  },
})
