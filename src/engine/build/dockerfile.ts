import { Problem } from '../../core/problem.ts'
import { type Instruction, parseInstruction } from './instruction.ts'
import { wrongWith } from './verify-instruction.ts'
import { keyValues } from './words.ts'

/** A Dockerfile taken apart: one instruction a logical line. */
export interface Dockerfile {
  readonly instructions: readonly (Instruction & { readonly line: number })[]
  /** The escape character: a backslash unless a directive says backtick. */
  readonly escape: string
}

const KNOWN =
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  )
const MOST_EDITS = 2

const refused = (line: number, words: string) =>
  new Problem('InvalidParameter', `dockerfile parse error on line ${line}: ${words}`)

/** Comments, continuations and directives as buildkit's parser reads them; here-documents are for BuildKit only. */
export function parseDockerfile(text: string, name: string): Dockerfile {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const escape = escapeOf(lines)
  const instructions: (Instruction & { line: number })[] = []
  for (let at = 0; at < lines.length; at++) {
    if (isSkipped(lines[at]!)) continue
    const line = at + 1
    let logical = lines[at]!
    while (continues(logical, escape) && at + 1 < lines.length) {
      logical = logical.replace(new RegExp(`\\${escape}[ \\t]*$`), '')
      do at++
      while (at < lines.length && isSkipped(lines[at]!))
      if (at < lines.length) logical += lines[at]!
    }
    const instruction = parseInstruction(logical)
    parsed(name, instruction, escape)
    instructions.push({ ...checked(instruction, line), line })
  }
  if (instructions.length === 0)
    throw new Problem(
      'InvalidParameter',
      text === '' ? `the Dockerfile (${name}) cannot be empty` : `failed to parse ${name}: file with no instructions`,
    )
  return { instructions, escape }
}

/** Pairs are taken apart before anything else is looked at. */
function parsed(name: string, { keyword, rest }: Instruction, escape: string): void {
  if ((keyword !== 'ENV' && keyword !== 'LABEL') || rest === '') return
  try {
    keyValues(keyword, rest, escape)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    throw new Problem('InvalidParameter', `failed to parse ${name}: ${problem.message}`)
  }
}

const isSkipped = (line: string) => line.trim() === '' || line.trimStart().startsWith('#')
const continues = (line: string, escape: string) => new RegExp(`\\${escape}[ \\t]*$`).test(line)

function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const [, key, value] = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? []
    if (key === undefined) return '\\'
    if (key.toLowerCase() !== 'escape') continue
    if (value !== '\\' && value !== '`')
      throw new Problem('InvalidParameter', `invalid escape token '${value}' does not match \` or \\`)
    return value
  }
  return '\\'
}

function checked(instruction: Instruction, line: number): Instruction {
  const { keyword, rest } = instruction
  if (!KNOWN.includes(keyword)) {
    const near = KNOWN.map((known) => [distance(keyword, known), known] as const).sort((a, b) => a[0] - b[0])[0]!
    throw refused(line, `unknown instruction: ${keyword}${near[0] <= MOST_EDITS ? ` (did you mean ${near[1]}?)` : ''}`)
  }
  const wrong = wrongWith(instruction)
  if (wrong !== undefined) throw refused(line, wrong)
  if (/^<<-?\s*["']?\w+/.test(rest) && (keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD'))
    throw refused(line, 'the Dockerfile uses here-documents, which only BuildKit understands')
  return instruction
}

/** How many letters must change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
