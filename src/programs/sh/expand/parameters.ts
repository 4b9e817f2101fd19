import type { Shell } from '../shell.ts'
import { valueFor } from '../variables.ts'

/** In the order in which `$-` shows them. */
const LETTERS = ['u', 'b', 'a', 'C', 'v', 'x', 'c', 's', 'n', 'm', 'i', 'I', 'f', 'e']

/** The value of a parameter: a variable, an argument, or one of the special ones. `*` and `@` are joined by blanks. */
export function parameter(shell: Shell, name: string): string | undefined {
  const code = name.charCodeAt(0)
  if (code >= 48 && code <= 57) return name === '0' ? shell.name : shell.args[Number(name) - 1]
  switch (name) {
    case '?':
      return String(shell.status)
    case '$':
      return String(shell.pid)
    case '!':
      return shell.background === 0 ? undefined : String(shell.background)
    case '#':
      return String(shell.args.length)
    case '-':
      return LETTERS.filter((letter) => shell.options[letter]).join('')
    case '*':
    case '@':
      return shell.args.length === 0 ? undefined : shell.args.join(' ')
    default:
      return valueFor(shell, name)
  }
}

/** Draws the next value of RANDOM. */
export function drawRandom(shell: Shell): string {
  shell.random = (Math.imul(shell.random, 1103515245) + 12345) >>> 0
  return String((shell.random >>> 16) & 0x7fff)
}
