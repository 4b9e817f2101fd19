import { compareBytes } from '../../text/codec.ts'
import { Failure } from '../failure.ts'
import { singleQuote } from '../quote.ts'
import { isName } from '../read/tokens.ts'
import type { Variable } from '../shell.ts'
import { assign, declare } from '../variables.ts'
import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'
import { print } from './output.ts'

/** `export` and `readonly` */
export const exportVariables: Builtin = (session, argv) => {
  const { shell } = session
  const mark = argv[0] === 'export' ? 'exported' : 'readOnly'
  const { options, operands } = parseOptions(argv, mark === 'exported' ? 'np' : 'p')
  if (operands.length === 0 || options.has('p')) {
    const marked = [...shell.variables].filter(([, variable]) => variable[mark]).sort(([a], [b]) => compareBytes(a, b))
    print(session, marked.map(([name, { value }]) => `${argv[0]} ${variableLine(name, value)}`).join(''))
    return 0
  }
  for (const operand of operands) {
    const [name, value] = split(operand)
    if (value !== undefined) assign(shell, name, value)
    declare(shell, name, { [mark]: !options.has('n') } as Partial<Variable>)
  }
  return 0
}

/** `name=value` or `name`; refuses what is no name. */
export function split(operand: string): readonly [string, string | undefined] {
  const at = operand.indexOf('=')
  const name = at < 0 ? operand : operand.slice(0, at)
  if (!isName(name)) throw new Failure(`${name}: bad variable name`)
  return [name, at < 0 ? undefined : operand.slice(at + 1)]
}

export const variableLine = (name: string, value: string | undefined): string =>
  value === undefined ? `${name}\n` : `${name}=${singleQuote(value)}\n`
