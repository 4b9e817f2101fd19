import { sayError } from '../complain.ts'
import { singleQuote } from '../quote.ts'
import type { Builtin } from './builtin.ts'
import { print } from './output.ts'

export const aliasLine = (name: string, value: string): string => `${name}=${singleQuote(value)}\n`

export const alias: Builtin = (session, argv) => {
  const { aliases } = session.shell
  if (argv.length === 1) {
    const names = [...aliases.keys()].sort()
    print(session, names.map((name) => aliasLine(name, aliases.get(name)!)).join(''))
    return 0
  }
  let status = 0
  for (const arg of argv.slice(1)) {
    const at = arg.indexOf('=', 1)
    const value = aliases.get(arg)
    if (at > 0) aliases.set(arg.slice(0, at), arg.slice(at + 1))
    else if (value !== undefined) print(session, aliasLine(arg, value))
    else {
      sayError(session, `alias: ${arg} not found\n`)
      status = 1
    }
  }
  return status
}
