import type { Program, Value } from './code.ts'
import type { Awk } from './state.ts'

/** Before the program is read. */
export const EMPTY: Program = Object.freeze({
  code: [],
  places: [],
  begin: [],
  rules: [],
  end: [],
  functions: {},
  ranges: 0,
})

export const fresh = (): Awk => ({
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
  inputEnded: false,
  usedInput: false,
  files: new Map(),
  commands: new Map(),
  outputs: new Map(),
  pipes: new Map(),
  child: 0,
  exitCode: 0,
  seed: 1,
})
