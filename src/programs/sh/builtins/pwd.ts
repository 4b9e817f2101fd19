import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'
import { printed } from './output.ts'

export const pwd: Builtin = (session, argv) => {
  const { kernel, process } = session
  parseOptions(argv, 'LP')
  return printed(session, `${kernel.namespace.pathOf(process.cwd)}\n`)
}
