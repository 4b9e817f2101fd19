import { freeze } from '../../freeze.ts'
import { RESIDENT } from '../../kernel/spawn.ts'
import { decode } from '../../text/codec.ts'
import { RegularExpressionError } from '../../text/regular-expression.ts'
import type { Call } from '../call.ts'
import { tool, usage } from '../tool.ts'
import type { Program, Value } from './code.ts'
import { runAwk } from './machine.ts'
import { Parser } from './parser.ts'
import { AwkProblem } from './problem.ts'
import type { Awk } from './state.ts'
import { unescapeString } from './tokens.ts'
import { input } from './values.ts'

const LINE = 'awk [OPTIONS] [AWK_PROGRAM] [FILE]...'
const EMPTY: Program = Object.freeze({ code: [], begin: [], rules: [], end: [], functions: {}, ranges: 0 })

const fresh = (): Awk => ({
  program: EMPTY,
  pc: 0,
  stack: [],
  calls: [],
  globals: new Map<string, Value>([
    ['CONVFMT', '%.6g'],
    ['OFMT', '%.6g'],
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['RS', '\n'],
    ['SUBSEP', '\x1c'],
    ['NR', 0],
    ['FNR', 0],
    ['RSTART', 0],
    ['RLENGTH', -1],
    ['FILENAME', ''],
  ]),
  arrays: new Map(),
  nextArray: 1,
  iterations: [],
  ranges: [],
  phase: 'begin',
  piece: -1,
  record: '',
  fields: undefined,
  recordStale: false,
  main: { buffer: '', ended: false },
  fd: -1,
  nextArgument: 1,
  usedInput: false,
  files: new Map(),
  commands: new Map(),
  outputs: new Map(),
  pipes: new Map(),
  child: 0,
  exitCode: 0,
  seed: 1,
})

function array(awk: Awk, name: string, entries: Iterable<readonly [string, string]>): void {
  const handle = { array: awk.nextArray++ }
  awk.arrays.set(handle.array, new Map([...entries].map(([key, value]) => [key, input(value)])))
  awk.globals.set(name, handle)
}

/** Undefined: there is none, or it cannot be read. */
function sourceOf(call: Call<Awk>, operands: string[]): string | undefined {
  const parts = [...call.values('e')]
  for (const path of call.values('f')) {
    const bytes = call.attempt(() => call.files.readFile(call.caller, path, call.here))
    if (!bytes) return undefined
    parts.push(decode(bytes))
  }
  if (parts.length > 0) return parts.join('\n')
  const source = operands.shift()
  if (source === undefined) usage(call, LINE)
  return source
}

/** Sets all up; false: it cannot begin. */
function prepare(call: Call<Awk>): boolean {
  const awk = call.data
  const operands = [...call.operands]
  const source = sourceOf(call, operands)
  if (source === undefined) return false
  awk.program = freeze(new Parser(source).program())
  const separator = call.value('F')
  if (separator !== undefined) awk.globals.set('FS', separator === 't' ? '\t' : unescapeString(separator))
  for (const assignment of call.values('v')) {
    const at = assignment.indexOf('=')
    if (at <= 0) throw new AwkProblem(`bad assignment '${assignment}'`)
    awk.globals.set(assignment.slice(0, at), input(unescapeString(assignment.slice(at + 1))))
  }
  array(awk, 'ENVIRON', call.process.env)
  const argv = ['awk', ...operands]
  array(
    awk,
    'ARGV',
    argv.map((word, index) => [String(index), word] as const),
  )
  awk.globals.set('ARGC', argv.length)
  return true
}

/** About what an element of an array takes. */
const ELEMENT = 128

/** Arrays count against the memory limit. */
function account({ kernel, process, data }: Call<Awk>): void {
  let elements = 0
  for (const array of data.arrays.values()) elements += array.size
  const bytes = RESIDENT + elements * ELEMENT
  if (Math.abs(bytes - process.memory) >= 65_536) kernel.allocate(process, bytes)
}

export const awk = tool<Awk>({
  name: 'awk',
  short: 'F:v:f:e:',
  mixed: false,
  usage: LINE,
  data: fresh,
  run(call) {
    try {
      if (call.data.program === EMPTY && !prepare(call)) return 1
      runAwk(call)
      account(call)
      return undefined
    } catch (error) {
      if (error instanceof AwkProblem) {
        if (error.words !== '') call.fail(`cmd. line:1: ${error.words}`)
      } else if (error instanceof RegularExpressionError) call.fail(`bad regex: ${error.words}`)
      else throw error
      call.finish(1)
      return undefined
    }
  },
})
