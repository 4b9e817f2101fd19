import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'
import { printed } from './output.ts'

export const pwd: Builtin = (session, argv) => {
  const { kernel, process, shell } = session
  const { options } = parseOptions(argv, 'LP')
  const physical = [...options.keys()].at(-1) === 'P'
  return printed(session, `${physical ? kernel.namespace.pathOf(process.cwd) : shell.directory}\n`)
}
