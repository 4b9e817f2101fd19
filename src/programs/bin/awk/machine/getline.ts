import type { Call } from '../../call.ts'
import { countRecord } from '../record/take.ts'
import { nextCommandRecord } from './command.ts'
import { nextFileRecord } from './file-input.ts'
import { nextRecordHere } from './main-input.ts'
import type { Awk, Got } from './state.ts'
import { input, toText } from './values.ts'

/** Gives the record (nothing when there is none) and the status; false: it waits. */
export function getline(call: Call<Awk>, from: 'main' | 'file' | 'command'): boolean {
  const awk = call.data
  const got = read(call, from)
  if (got === 'waiting') return false
  if (from !== 'main') awk.stack.pop()
  if (typeof got === 'string') awk.stack.push(undefined, got === 'end' ? 0 : -1)
  else {
    if (from === 'main') countRecord(awk)
    awk.stack.push(input(got.record), 1)
  }
  return true
}

function read(call: Call<Awk>, from: 'main' | 'file' | 'command'): Got {
  if (from === 'main') return nextRecordHere(call)
  const name = toText(call.data.stack.at(-1), '%.6g')
  return from === 'file' ? nextFileRecord(call, name) : nextCommandRecord(call, name)
}
