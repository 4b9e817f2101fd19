import { Failure } from '../failure.ts'
import { pop, unwind } from '../run/stack.ts'
import type { Builtin } from './builtin.ts'

/** `break` and `continue`. */
export const breakLoop: Builtin = (session, argv) => {
  const count = argv[1] ?? '1'
  if (!/^\d+$/.test(count) || Number(count) === 0) throw new Failure(`Illegal number: ${count}`)
  const { frames } = session.shell
  const call = frames.findLastIndex(({ type }) => type === 'call')
  const loops = frames.slice(call + 1).filter(({ type }) => type === 'loop' || type === 'for')
  const target = loops.at(-Math.min(Number(count), loops.length))
  if (!target) return 0
  unwind(session, (frame) => frame === target)
  session.shell.status = 0
  if (argv[0] === 'break') pop(session)
  else if (target.type === 'loop') target.state = 'body'
  return undefined
}
