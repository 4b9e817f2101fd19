import { decode } from '../../text/codec.ts'
import type { Call } from '../call.ts'
import { usage } from '../tool.ts'
import type { Named } from './compile/program.ts'
import { parse } from './grammar/program.ts'
import { bytesOf } from './machine/bytes.ts'
import type { Awk } from './machine/state.ts'
import { AwkProblem } from './problem.ts'
import { USAGE } from './usage.ts'

/** How a program that stands among the arguments is called. */
const COMMAND_LINE = 'cmd. line'

/** The programs of -e and -f, or the first operand; undefined: there is none, or it cannot be read. */
export function sourcesOf(call: Call<Awk>, operands: string[]): readonly Named[] | undefined {
  const texts = call.values('e').map((text) => ({ file: COMMAND_LINE, text }))
  for (const path of call.values('f')) {
    const text = readProgram(call, path)
    if (text === undefined) return undefined
    texts.push({ file: path, text })
  }
  if (texts.length === 0) {
    const text = operands.shift()
    if (text === undefined) {
      usage(call, USAGE)
      return undefined
    }
    texts.push({ file: COMMAND_LINE, text })
  }
  return texts.map(({ file, text }) => ({ file, source: located(file, () => parse(bytesOf(text))) }))
}

function readProgram(call: Call<Awk>, path: string): string | undefined {
  const words = (name: string, why: string) => `can't open '${name}': ${why}`
  const bytes = call.attempt(() => call.files.readFile(call.caller, path, call.here), words)
  return bytes && decode(bytes)
}

/** A problem in the words of the program says where it is. */
export function located<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof AwkProblem && error.line !== undefined)
      throw new AwkProblem(`${file}:${error.line}: ${error.words}`)
    throw error
  }
}
