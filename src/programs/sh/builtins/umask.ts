import { parseMode } from '../../text/mode.ts'
import { Failure } from '../failure.ts'
import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'
import { print } from './output.ts'

export const umask: Builtin = (session, argv) => {
  const { process } = session
  const { options, operands } = parseOptions(argv, 'S')
  const [mode] = operands
  if (mode === undefined) {
    print(session, `${options.has('S') ? symbolic(process.umask) : process.umask.toString(8).padStart(4, '0')}\n`)
    return 0
  }
  process.umask = /^\d/.test(mode) ? octal(mode) : fromSymbols(mode, process.umask)
  return 0
}

function octal(text: string): number {
  if (!/^[0-7]+$/.test(text) || Number.parseInt(text, 8) > 0o777) throw new Failure(`illegal mode: ${text}`)
  return Number.parseInt(text, 8)
}

/** Symbols say what is allowed; the mask is what is not. */
function fromSymbols(text: string, mask: number): number {
  const allowed = parseMode(text, 0o777 & ~mask, { directory: false, umask: 0 })
  if (allowed === undefined) throw new Failure(`illegal mode: ${text}`)
  return 0o777 & ~allowed
}

function symbolic(mask: number): string {
  const bits = (shift: number) => ['r', 'w', 'x'].filter((_, index) => !((mask >> shift) & (4 >> index))).join('')
  return `u=${bits(6)},g=${bits(3)},o=${bits(0)}`
}
