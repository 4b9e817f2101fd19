import { parseInteger } from '../../text/numbers.ts'
import { complainAs, sayError } from '../complain.ts'
import type { Builtin } from './builtin.ts'
import { print } from './output.ts'

interface Limit {
  readonly letter: string
  readonly title: string
  readonly value: string
}

/** What a container of Docker's has. */
const LIMITS: readonly Limit[] = [
  { letter: 'c', title: 'core file size (blocks)', value: '0' },
  { letter: 'd', title: 'data seg size (kb)', value: 'unlimited' },
  { letter: 'e', title: 'scheduling priority', value: '0' },
  { letter: 'f', title: 'file size (blocks)', value: 'unlimited' },
  { letter: 'i', title: 'pending signals', value: '31468' },
  { letter: 'l', title: 'max locked memory (kb)', value: '64' },
  { letter: 'm', title: 'max memory size (kb)', value: 'unlimited' },
  { letter: 'n', title: 'open files', value: '1048576' },
  { letter: 'q', title: 'POSIX message queues (bytes)', value: '819200' },
  { letter: 'r', title: 'real-time priority', value: '0' },
  { letter: 's', title: 'stack size (kb)', value: '8192' },
  { letter: 't', title: 'cpu time (seconds)', value: 'unlimited' },
  { letter: 'u', title: 'max user processes', value: 'unlimited' },
  { letter: 'v', title: 'virtual memory (kb)', value: 'unlimited' },
  { letter: 'x', title: 'file locks', value: 'unlimited' },
]

/** Limits can be looked at; setting one is taken in silence, since nothing here grows into them. */
export const ulimit: Builtin = (session, argv) => {
  const letters: string[] = []
  const values: string[] = []
  for (const arg of argv.slice(1)) {
    if (arg.startsWith('-') && arg.length > 1) letters.push(...arg.slice(1))
    else values.push(arg)
  }
  const chosen = letters.filter((letter) => letter !== 'H' && letter !== 'S')
  const unknown = chosen.find((letter) => letter !== 'a' && !LIMITS.some((limit) => limit.letter === letter))
  if (unknown !== undefined) {
    sayError(session, `ulimit: invalid option -- '${unknown}'\n`)
    return 1
  }
  const [value] = values
  if (value !== undefined) {
    if (value === 'unlimited' || parseInteger(value) !== undefined) return 0
    complainAs(session, `invalid number '${value}'`)
    return 1
  }
  if (chosen.includes('a')) {
    print(session, LIMITS.map(row).join(''))
    return 0
  }
  const shown = LIMITS.filter(({ letter }) => (chosen.length > 0 ? chosen : ['f']).includes(letter))
  print(session, shown.map((limit) => (shown.length > 1 ? row(limit) : `${limit.value}\n`)).join(''))
  return 0
}

const row = ({ letter, title, value }: Limit) => `${title.padEnd(32)}(-${letter}) ${value}\n`
