import type { Instant } from '../../core/instant.ts'
import type { Entry } from '../../runtime/journal.ts'
import { type Life, lives } from './lives.ts'

const WIDTH = 60
const MARKS = { created: '·', running: '━', paused: '╌', exited: '·' } as const

/** The lives of the containers in a journal, one line each, along the tank's own time. */
export function timeline(entries: readonly Entry[]): string {
  const all = lives(entries)
  if (all.length === 0) return ''
  const [from, until] = [Math.min(...all.map(({ changes }) => changes[0]!.at)), Math.max(...all.map(lastOf))]
  const column = (at: Instant) => Math.round(((at - from) / Math.max(1, until - from)) * (WIDTH - 1))
  const label = Math.max(...all.map(({ name }) => name.length)) + 2
  return [
    `${' '.repeat(label)}${axis((until - from) / 1e6, column, from)}`,
    ...all.map((life) => `${life.name.padEnd(label)}${lane(life, column).padEnd(WIDTH + 2)}${life.ending}`),
    '',
    `${' '.repeat(label)}· created or exited  ━ running  ╌ paused  ▶ start  ↯ signal  ■ exit`,
  ].join('\n')
}

const lastOf = ({ changes }: Life) => changes.at(-1)!.at

function lane({ changes }: Life, column: (at: Instant) => number): string {
  const cells: string[] = []
  changes.forEach(({ at, state }, index) => {
    const end = changes[index + 1]
    if (state !== 'gone' && end) for (let cell = column(at); cell <= column(end.at); cell++) cells[cell] = MARKS[state]
  })
  for (const { at, mark } of changes) if (mark) cells[column(at)] = mark
  return Array.from(cells, (cell) => cell ?? ' ').join('')
}

/** A figure at about every tenth column, at whole seconds. */
function axis(seconds: number, column: (at: Instant) => number, from: Instant): string {
  const step = Math.max(1, Math.ceil(seconds / (WIDTH / 10)))
  let line = ''
  for (let second = 0; second <= seconds; second += step) line = `${line.padEnd(column(from + second * 1e6))}${second}s`
  return line
}
