import { printf } from '../../text/printf.ts'
import { complainAs } from '../complain.ts'
import type { Builtin } from './builtin.ts'
import { print } from './output.ts'

export const printfBuiltin: Builtin = (session, argv) => {
  const [, format, ...args] = argv[1] === '--' ? argv.slice(1) : argv
  if (format === undefined) {
    complainAs(session, 'usage: printf FORMAT [ARGUMENT...]')
    return 2
  }
  const { pieces, failed } = printf(format, args)
  let text = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece
    else complainAs(session, piece.complaint)
  }
  return print(session, text, true) && !failed ? 0 : 1
}
