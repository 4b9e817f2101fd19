import { EXECUTE, READ, WRITE } from '../storage/caller.ts'
import {
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
} from '../storage/inode.ts'
import type { Kernel } from './kernel/kernel.ts'
import type { Process } from './kernel/process.ts'
import type { Stat } from './kernel/stat.ts'
import { matches } from './text/pattern.ts'
import { regularExpression } from './text/regular-expression.ts'

/** What is wrong with the arguments of test(1). */
export class TestError {
  readonly words: string
  constructor(words: string) {
    this.words = words
  }
}

interface Test {
  readonly kernel: Kernel
  readonly process: Process
  readonly args: readonly string[]
  at: number
  depth: number
  /** `[[`: the right side of `=` is a pattern, and `=~` matches a regular expression. */
  readonly double: boolean
}

const UNARY = 'bcdefghknprstuwxzGLOS'
const BINARY: ReadonlySet<string> = new Set([
  ...['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef'],
])

const isBinary = (test: Test, text: string | undefined): boolean =>
  text !== undefined && (BINARY.has(text) || (test.double && text === '=~'))
const isUnary = (text: string) => text.length === 2 && text[0] === '-' && UNARY.includes(text[1]!)

/** Evaluates the arguments of `test`, `[` or `[[` (without the brackets). Throws TestError. */
export function evaluateTest(kernel: Kernel, process: Process, args: readonly string[], double = false): boolean {
  const test: Test = { kernel, process, args, at: 0, depth: 0, double }
  return few(test) ?? whole(test)
}

/** With few arguments their number says what they mean: `[ ! ]`, `[ = ]`, `[ "(" = ")" ]`. */
function few(test: Test): boolean | undefined {
  const { args } = test
  if (args.length === 3 && isBinary(test, args[1])) return compare(test, args[0]!, args[1]!, args[2]!)
  let negated = false
  let from = 0
  while (args[from] === '!' && args.length - from > 1) {
    negated = !negated
    from++
  }
  const left = args.slice(from)
  if (left.length === 0) return negated
  if (left.length === 1) return (left[0] !== '') !== negated
  if (left.length !== 3) return undefined
  if (isBinary(test, left[1])) return compare(test, left[0]!, left[1]!, left[2]!) !== negated
  return left[0] === '(' && left[2] === ')' ? (left[1] !== '') !== negated : undefined
}

function whole(test: Test): boolean {
  const result = either(test)
  const rest = test.args[test.at]
  if (rest !== undefined) throw new TestError(`${rest}: unknown operand`)
  return result
}

function either(test: Test): boolean {
  let result = both(test)
  while (test.args[test.at] === '-o') {
    test.at++
    const right = both(test)
    result ||= right
  }
  return result
}

function both(test: Test): boolean {
  let result = not(test)
  while (test.args[test.at] === '-a') {
    test.at++
    const right = not(test)
    result &&= right
  }
  return result
}

function not(test: Test): boolean {
  let negated = false
  while (test.args[test.at] === '!') {
    test.at++
    negated = !negated
  }
  if (negated && test.args[test.at] === undefined) return true
  return primary(test) !== negated
}

function primary(test: Test): boolean {
  const { args, at } = test
  const first = args[at]
  if (first === undefined) throw new TestError('argument expected')
  if (first === '(') return group(test)
  const operand = args[at + 1]
  const right = args[at + 2]
  if (right !== undefined && isBinary(test, operand)) {
    test.at += 3
    return compare(test, first, operand!, right)
  }
  if (right === undefined && isBinary(test, operand)) throw new TestError(`${operand}: argument expected`)
  if (isUnary(first)) {
    if (operand === undefined) throw new TestError(`${first}: argument expected`)
    test.at += 2
    return check(test, first[1]!, operand)
  }
  test.at++
  return first !== ''
}

const DEPTH_LIMIT = 250

function group(test: Test): boolean {
  test.at++
  if (++test.depth > DEPTH_LIMIT) throw new TestError('expression is nested too deeply')
  const result = either(test)
  test.depth--
  if (test.args[test.at] !== ')') throw new TestError('closing paren expected')
  test.at++
  return result
}

function number(text: string): bigint {
  const trimmed = text.trim()
  if (!/^[-+]?\d+$/.test(trimmed)) throw new TestError(text === '' ? 'bad number' : `${text}: bad number`)
  const value = BigInt(trimmed.replace(/^\+/, ''))
  if (BigInt.asIntN(64, value) !== value) throw new TestError(`${text}: out of range`)
  return value
}

function compare(test: Test, left: string, operator: string, right: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return test.double ? matches(right, left) : left === right
    case '!=':
      return !compare(test, left, '=', right)
    case '=~':
      return regularExpression(right, { extended: true }).test(left)
    case '<':
      return left < right
    case '>':
      return left > right
    case '-nt':
      return times(test, left, right, (a, b) => a > b)
    case '-ot':
      return times(test, left, right, (a, b) => a < b)
    case '-ef': {
      const [a, b] = [lookup(test, left), lookup(test, right)]
      return a !== undefined && a.ino === b?.ino
    }
    default:
      return compareNumbers(number(left), operator, number(right))
  }
}

function compareNumbers(a: bigint, operator: string, b: bigint): boolean {
  switch (operator) {
    case '-eq':
      return a === b
    case '-ne':
      return a !== b
    case '-lt':
      return a < b
    case '-le':
      return a <= b
    case '-gt':
      return a > b
    default:
      return a >= b
  }
}

function times(test: Test, left: string, right: string, order: (a: bigint, b: bigint) => boolean): boolean {
  const [a, b] = [lookup(test, left), lookup(test, right)]
  return a !== undefined && b !== undefined && order(a.mtime, b.mtime)
}

function lookup({ kernel, process }: Test, path: string, follow = true): Stat | undefined {
  try {
    return kernel.stat(process, path, follow)
  } catch {
    return undefined
  }
}

const TYPES: Readonly<Record<string, number>> = {
  b: S_IFBLK,
  c: S_IFCHR,
  d: S_IFDIR,
  f: S_IFREG,
  p: S_IFIFO,
  S: S_IFSOCK,
}
const BITS: Readonly<Record<string, number>> = { u: S_ISUID, g: S_ISGID, k: S_ISVTX }
const ACCESS: Readonly<Record<string, number>> = { r: READ, w: WRITE, x: EXECUTE }

function check(test: Test, letter: string, operand: string): boolean {
  const { kernel, process } = test
  if (letter === 'n') return operand !== ''
  if (letter === 'z') return operand === ''
  if (letter === 't') return process.fds[Number(number(operand))]?.kind === 'tty'
  const link = letter === 'h' || letter === 'L'
  const stat = lookup(test, operand, !link)
  if (!stat) return false
  if (link) return (stat.mode & S_IFMT) === S_IFLNK
  if (letter in TYPES) return (stat.mode & S_IFMT) === TYPES[letter]
  if (letter in BITS) return (stat.mode & BITS[letter]!) !== 0
  if (letter in ACCESS) return kernel.access(process, operand, ACCESS[letter]!)
  if (letter === 's') return stat.size > 0 || (stat.mode & S_IFMT) === S_IFDIR
  if (letter === 'O') return stat.uid === process.uid
  if (letter === 'G') return stat.gid === process.gid
  return true
}
