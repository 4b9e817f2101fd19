import type { Builtin } from './builtin.ts'
import { number } from './options.ts'

export const shift: Builtin = ({ shell }, argv) => {
  const count = argv[1] === undefined ? 1 : number(argv[1])
  if (count > shell.args.length) return 1
  shell.args = shell.args.slice(count)
  return 0
}
