import type { Command, CompoundList, Assignment as ParsedAssignment, Word as ParsedWord, SyntaxNode } from 'unbash'
import { parse } from 'unbash'
import { freeze } from '../../freeze.ts'
import type { List, Node, Simple } from '../tree.ts'
import { lowerRedirections } from './redirection.ts'
import { lowerAssignmentWord, lowerValue, lowerWord } from './word.ts'

/** What lowering needs of the source: the lines of its parts, and their text. */
interface Source {
  readonly code: string
  readonly newlines: readonly number[]
  /** The line of the first line. */
  readonly line: number
}

/** Parses a complete command that the reader found to be right. */
export function lower(code: string, line = 0): List {
  const newlines: number[] = []
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) newlines.push(at)
  return freeze(lowerList(parse(code), { code, newlines, line }))
}

function lineOf({ newlines, line }: Source, pos: number): number {
  let from = 0
  for (let to = newlines.length; from < to; ) {
    const middle = (from + to) >> 1
    if (newlines[middle]! < pos) from = middle + 1
    else to = middle
  }
  return line + from
}

function lowerList({ commands }: Pick<CompoundList, 'commands'>, source: Source): List {
  return {
    statements: commands.map(({ command, background, pos, end }) => ({
      command: lowerNode(command, source),
      background: background === true,
      text: textOf(source, pos, end),
    })),
  }
}

const textOf = ({ code }: Source, pos: number, end: number) => code.slice(pos, end).replace(/\s*[;&]?\s*$/, '')

function lowerNode(node: SyntaxNode, source: Source): Node {
  switch (node.type) {
    case 'Command':
      return lowerSimple(node, source)
    case 'Pipeline':
      return {
        type: 'pipeline',
        negated: node.prefixes.some(({ type }) => type === 'Negation'),
        commands: node.commands.map((command) => lowerNode(command, source)),
        text: textOf(source, node.pos, node.end),
      }
    case 'AndOr': {
      const commands = node.commands.map((command) => lowerNode(command, source))
      return { type: 'and-or', commands, operators: node.operators }
    }
    case 'If': {
      const branches = [node, ...node.elif].map(({ clause, then }) => ({
        condition: lowerList(clause, source),
        body: lowerList(then, source),
      }))
      return { type: 'if', branches, otherwise: node.else && lowerList(node.else, source) }
    }
    case 'While': {
      const condition = lowerList(node.clause, source)
      return { type: 'loop', until: node.kind === 'until', condition, body: lowerList(node.body, source) }
    }
    case 'For': {
      const line = lineOf(source, node.pos)
      const words = node.wordlist?.map(lowerWord)
      return { type: 'for', name: node.name.value, words, body: lowerList(node.body, source), line }
    }
    case 'Case': {
      const items = node.items.map(({ pattern, body }) => ({
        patterns: pattern.map(lowerWord),
        body: lowerList(body, source),
      }))
      return { type: 'case', word: lowerWord(node.word), items, line: lineOf(source, node.pos) }
    }
    case 'Subshell':
      return { type: 'subshell', body: lowerList(node.body, source) }
    case 'BraceGroup':
      return { type: 'group', body: lowerList(node.body, source) }
    case 'Function':
      return { type: 'definition', name: node.name.value, body: lowerNode(node.body, source) }
    case 'Redirected': {
      const redirections = lowerRedirections(node.redirects)
      return {
        type: 'redirected',
        command: lowerNode(node.command, source),
        redirections,
        line: lineOf(source, node.pos),
      }
    }
    case 'CompoundList':
      return { type: 'group', body: lowerList(node, source) }
    default:
      // The reader lets nothing else through.
      return { type: 'group', body: { statements: [] } }
  }
}

const isAssignment = (text: string) => /^[A-Za-z_][A-Za-z0-9_]*=/.test(text)
const DECLARES: ReadonlySet<string> = new Set(['export', 'readonly', 'local'])

function lowerSimple(command: Command, source: Source): Simple {
  const assignments = []
  const words: ParsedWord[] = []
  for (const item of command.prefix) {
    if (item.type !== 'Assignment') continue
    // `a+=b` and `a[1]=b` are names of commands to ash.
    if (words.length === 0 && isAssignment(item.text) && item.value.type === 'Word')
      assignments.push({ name: item.name, value: lowerValue(item.value) })
    else words.push(asWord(item))
  }
  if (command.name) words.push(command.name)
  for (const item of command.args) words.push(item.type === 'Assignment' ? asWord(item) : item)
  const declares = DECLARES.has(words[0]?.text ?? '')
  return {
    type: 'simple',
    assignments,
    words: words.map((item) => (declares && isAssignment(item.text) ? lowerAssignmentWord(item) : lowerWord(item))),
    redirections: lowerRedirections(command.redirects),
    line: lineOf(source, command.pos),
  }
}

/** The assignment as the word that was written. */
function asWord({ text, value, pos, end }: ParsedAssignment): ParsedWord {
  if (value.type !== 'Word') return { type: 'Word', text, value: text, pos, end }
  const name = text.slice(0, text.length - value.text.length)
  const head = { type: 'Literal', text: name, value: name, pos, end: pos + name.length } as const
  const rest = value.parts ?? [{ type: 'Literal', text: value.text, value: value.value, pos: value.pos, end } as const]
  return { type: 'Word', text, value: name + value.value, pos, end, parts: [head, ...rest] }
}
