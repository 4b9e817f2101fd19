import { skipFile } from '../main-input.ts'
import { callFunction, done, leave, quit, returnFrom } from '../phases.ts'
import { input, isTrue, toNumber } from '../values.ts'
import type { Rows } from './index.ts'

type Jump = 'jump' | 'jump-if' | 'jump-unless' | 'jump-missing' | 'next-key' | 'end-keys'
type Flow = 'range-active' | 'set-range' | 'done' | 'next' | 'nextfile' | 'call' | 'return' | 'exit'

export const CONTROL: Rows<Jump | Flow> = {
  jump({ data: awk }, { to }) {
    awk.pc = to
  },
  'jump-if'({ data: awk }, { to }) {
    if (isTrue(awk.stack.pop())) awk.pc = to
  },
  'jump-unless'({ data: awk }, { to }) {
    if (!isTrue(awk.stack.pop())) awk.pc = to
  },
  'jump-missing'({ data: awk }, { to }) {
    if (awk.stack.at(-1) === undefined) awk.pc = to
  },
  'next-key'({ data: awk }, { to }) {
    const key = awk.iterations.at(-1)!.pop()
    if (key === undefined) awk.pc = to
    else awk.stack.push(input(key))
  },
  'end-keys'({ data: awk }) {
    awk.iterations.pop()
  },
  'range-active'({ data: awk }, { range }) {
    awk.stack.push(awk.ranges[range] ? 1 : 0)
  },
  'set-range'({ data: awk }, { range, on }) {
    awk.ranges[range] = on
  },
  done({ data: awk }) {
    done(awk)
  },
  next({ data: awk }) {
    leave(awk)
  },
  nextfile(call) {
    skipFile(call)
    leave(call.data)
  },
  call({ data: awk }, { name, count }) {
    callFunction(awk, name, count)
  },
  return({ data: awk }) {
    returnFrom(awk)
  },
  exit({ data: awk }) {
    const value = awk.stack.pop()
    quit(awk, value === undefined ? undefined : toNumber(value))
  },
}
