import { freeze } from '../../freeze.ts'
import type { Call } from '../call.ts'
import { usage } from '../tool.ts'
import { compile } from './compile/program.ts'
import { unescapeString } from './lexer/escapes.ts'
import { bytesOf } from './machine/bytes.ts'
import type { Awk } from './machine/state.ts'
import { input } from './machine/values.ts'
import { store } from './machine/variables.ts'
import { located, sourcesOf } from './sources.ts'
import { USAGE } from './usage.ts'

const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/

/** Sets all up; false: it cannot begin. */
export function prepare(call: Call<Awk>): boolean {
  const awk = call.data
  const operands = [...call.operands]
  const assignments = call.values('v').map((text) => ASSIGNMENT.exec(text))
  if (assignments.includes(null)) {
    usage(call, USAGE)
    return false
  }
  const sources = sourcesOf(call, operands)
  if (!sources) return false
  awk.program = freeze(located(sources[0]!.file, () => compile(sources)))
  const separator = call.value('F')
  if (separator !== undefined) awk.globals.set('FS', unescapeString(bytesOf(separator)))
  for (const found of assignments) store(awk, found![1]!, -1, input(unescapeString(bytesOf(found![2]!))))
  setArray(awk, 'ENVIRON', call.process.env)
  setArray(
    awk,
    'ARGV',
    ['awk', ...operands].map((word, index) => [String(index), word] as const),
  )
  awk.globals.set('ARGC', operands.length + 1)
  return true
}

function setArray(awk: Awk, name: string, entries: Iterable<readonly [string, string]>): void {
  const handle = { array: awk.nextArray++ }
  awk.arrays.set(handle.array, new Map([...entries].map(([key, value]) => [bytesOf(key), input(bytesOf(value))])))
  awk.globals.set(name, handle)
}
