import type { Instant } from '../../core/instant.ts'
import { parseMode } from '../text/mode.ts'
import { FindProblem } from './find-problem.ts'

/** `+N` more, `-N` less, `N` exactly. */
export interface Amount {
  readonly sign: '+' | '-' | ''
  readonly value: number
}

export type Test =
  | { readonly type: 'name' | 'path'; readonly pattern: string; readonly ignoreCase: boolean }
  | { readonly type: 'regex'; readonly source: string }
  | { readonly type: 'kind'; readonly letters: string }
  | { readonly type: 'size'; readonly amount: Amount; readonly unit: number }
  | {
      readonly type: 'time'
      readonly field: 'atime' | 'mtime' | 'ctime'
      readonly amount: Amount
      readonly unit: number
      readonly now: Instant
    }
  | { readonly type: 'links' | 'inum' | 'uid' | 'gid'; readonly amount: Amount }
  | { readonly type: 'user' | 'group'; readonly name: string }
  | { readonly type: 'newer' | 'samefile'; readonly path: string }
  | { readonly type: 'perm'; readonly sign: '-' | '/' | ''; readonly mode: number }
  | { readonly type: 'empty' | 'executable' | 'true' | 'false' }

export type Action =
  | { readonly type: 'print'; readonly end: string }
  | { readonly type: 'delete' | 'prune' | 'quit' }
  | { readonly type: 'exec'; readonly argv: readonly string[]; readonly batch: boolean }

export type Term =
  | { readonly type: 'and' | 'or'; readonly left: Term; readonly right: Term }
  | { readonly type: 'not'; readonly term: Term }
  | { readonly type: 'test'; readonly test: Test }
  /** The place of the action in `actions`. */
  | { readonly type: 'action'; readonly place: number }

export interface Expression {
  readonly root: Term
  readonly actions: readonly Action[]
  readonly minDepth: number
  readonly maxDepth: number
  readonly depthFirst: boolean
  readonly follow: boolean
  readonly followRoots: boolean
}

interface Parser {
  readonly words: readonly string[]
  at: number
  readonly now: Instant
  readonly actions: Action[]
  minDepth: number
  maxDepth: number
  depthFirst: boolean
  follow: boolean
  depth: number
}

const TRUE: Term = { type: 'test', test: { type: 'true' } }

/** The words of the command line behind `find`. */
export function parseFind(words: readonly string[], now: Instant): { roots: string[]; expression: Expression } {
  let at = 0
  let follow = false
  let followRoots = false
  for (; words[at] === '-L' || words[at] === '-H' || words[at] === '-P'; at++) {
    follow = words[at] === '-L'
    followRoots = words[at] === '-H'
  }
  const roots: string[] = []
  while (words[at] !== undefined && !/^(-.|[!(]$)/.test(words[at]!)) roots.push(words[at++]!)
  const parser: Parser = {
    words,
    at,
    now,
    actions: [],
    minDepth: 0,
    maxDepth: Number.POSITIVE_INFINITY,
    depthFirst: false,
    follow,
    depth: 0,
  }
  let root = at < words.length ? either(parser) : TRUE
  if (parser.at < words.length) throw new FindProblem(`unrecognized: ${words[parser.at]}`)
  if (parser.actions.every(({ type }) => type === 'prune'))
    root = { type: 'and', left: root, right: action(parser, { type: 'print', end: '\n' }) }
  const { actions, minDepth, maxDepth, depthFirst } = parser
  return {
    roots: roots.length > 0 ? roots : ['.'],
    expression: { root, actions, minDepth, maxDepth, depthFirst, follow: parser.follow, followRoots },
  }
}

function action(parser: Parser, made: Action): Term {
  parser.actions.push(made)
  return { type: 'action', place: parser.actions.length - 1 }
}

function either(parser: Parser): Term {
  let left = both(parser)
  while (parser.words[parser.at] === '-o' || parser.words[parser.at] === '-or') {
    parser.at++
    left = { type: 'or', left, right: both(parser) }
  }
  return left
}

function both(parser: Parser): Term {
  let left = single(parser)
  for (;;) {
    const word = parser.words[parser.at]
    if (word === undefined || word === '-o' || word === '-or' || word === ')') return left
    if (word === '-a' || word === '-and') parser.at++
    left = { type: 'and', left, right: single(parser) }
  }
}

const DEPTH_LIMIT = 200

function single(parser: Parser): Term {
  const word = parser.words[parser.at++]
  if (word === undefined) throw new FindProblem('bare expression')
  if (++parser.depth > DEPTH_LIMIT) throw new FindProblem('expression is nested too deeply')
  try {
    if (word === '!' || word === '-not') return { type: 'not', term: single(parser) }
    if (word !== '(') return primary(parser, word)
    const inner = either(parser)
    if (parser.words[parser.at++] !== ')') throw new FindProblem("unpaired '('")
    return inner
  } finally {
    parser.depth--
  }
}

function argument(parser: Parser, option: string): string {
  const word = parser.words[parser.at++]
  if (word === undefined) throw new FindProblem(`${option} requires an argument`)
  return word
}

function amount(text: string, option: string): Amount {
  const found = /^([-+]?)(\d+)$/.exec(text)
  if (!found) throw new FindProblem(`invalid number '${text.replace(/^[-+]/, '')}'`)
  void option
  return { sign: found[1] as Amount['sign'], value: Number(found[2]) }
}

const test = (made: Test): Term => ({ type: 'test', test: made })
const DAY = 86_400
const TIMES: Readonly<Record<string, readonly ['atime' | 'mtime' | 'ctime', number]>> = {
  '-atime': ['atime', DAY],
  '-mtime': ['mtime', DAY],
  '-ctime': ['ctime', DAY],
  '-amin': ['atime', 60],
  '-mmin': ['mtime', 60],
  '-cmin': ['ctime', 60],
}

function primary(parser: Parser, word: string): Term {
  const times = TIMES[word]
  if (times)
    return test({
      type: 'time',
      field: times[0],
      amount: amount(argument(parser, word), word),
      unit: times[1],
      now: parser.now,
    })
  switch (word) {
    case '-name':
    case '-iname':
      return test({ type: 'name', pattern: argument(parser, word), ignoreCase: word === '-iname' })
    case '-path':
    case '-wholename':
    case '-ipath':
      return test({ type: 'path', pattern: argument(parser, word), ignoreCase: word === '-ipath' })
    case '-regex':
      return test({ type: 'regex', source: argument(parser, word) })
    case '-type':
      return test({ type: 'kind', letters: kind(argument(parser, word)) })
    case '-size':
      return test(size(argument(parser, word)))
    case '-links':
    case '-inum':
      return test({ type: word === '-links' ? 'links' : 'inum', amount: amount(argument(parser, word), word) })
    case '-user':
    case '-group':
      return test({ type: word === '-user' ? 'user' : 'group', name: argument(parser, word) })
    case '-newer':
    case '-samefile':
      return test({ type: word === '-newer' ? 'newer' : 'samefile', path: argument(parser, word) })
    case '-perm':
      return test(permissions(argument(parser, word)))
    case '-empty':
    case '-executable':
    case '-true':
    case '-false':
      return test({ type: word.slice(1) as 'empty' })
    default:
      return option(parser, word)
  }
}

function option(parser: Parser, word: string): Term {
  switch (word) {
    case '-maxdepth':
      parser.maxDepth = amount(argument(parser, word), word).value
      return TRUE
    case '-mindepth':
      parser.minDepth = amount(argument(parser, word), word).value
      return TRUE
    case '-depth':
      parser.depthFirst = true
      return TRUE
    case '-follow':
      parser.follow = true
      return TRUE
    case '-xdev':
    case '-mount':
      return TRUE
    case '-print':
      return action(parser, { type: 'print', end: '\n' })
    case '-print0':
      return action(parser, { type: 'print', end: '\0' })
    case '-delete':
      parser.depthFirst = true
      return action(parser, { type: 'delete' })
    case '-prune':
    case '-quit':
      return action(parser, { type: word === '-prune' ? 'prune' : 'quit' })
    case '-exec':
    case '-ok':
      return execution(parser)
    default:
      throw new FindProblem(`unrecognized: ${word}`)
  }
}

function kind(letters: string): string {
  if (!/^[bcdflps](,[bcdflps])*$/.test(letters)) throw new FindProblem(`invalid argument '${letters}' to '-type'`)
  return letters
}

const UNITS: Readonly<Record<string, number>> = { '': 512, b: 512, c: 1, w: 2, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }

function size(text: string): Test {
  const found = /^([-+]?\d+)([bcwkMG]?)$/.exec(text)
  if (!found) throw new FindProblem(`invalid number '${text.replace(/^[-+]/, '')}'`)
  return { type: 'size', amount: amount(found[1]!, '-size'), unit: UNITS[found[2]!]! }
}

function permissions(text: string): Test {
  const sign = text[0] === '-' || text[0] === '/' ? text[0] : text[0] === '+' ? '/' : ''
  const mode = parseMode(text.slice(sign === '' ? 0 : 1), 0, { directory: false, umask: 0 })
  if (mode === undefined) throw new FindProblem(`invalid mode '${text}'`)
  return { type: 'perm', sign, mode }
}

function execution(parser: Parser): Term {
  const argv: string[] = []
  for (;;) {
    const word = parser.words[parser.at++]
    if (word === undefined) throw new FindProblem("-exec CMD must end by ';'")
    if (word === ';') return action(parser, { type: 'exec', argv, batch: false })
    if (word === '+' && argv.at(-1) === '{}') return action(parser, { type: 'exec', argv, batch: true })
    argv.push(word)
  }
}
