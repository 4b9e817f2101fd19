import { SECOND } from '../../core/instant.ts'
import { EXECUTE } from '../../storage/caller.ts'
import {
  type Inode,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
} from '../../storage/inode.ts'
import { groupNamed, userNamed } from '../accounts.ts'
import { matches } from '../text/pattern.ts'
import { regularExpression } from '../text/regular-expression.ts'
import type { Call } from './call.ts'
import type { Find } from './find.ts'
import type { Action, Amount, Term, Test } from './find-expression.ts'
import { FindProblem } from './find-problem.ts'
import { baseName } from './paths.ts'

/** Evaluates from left to right, no more than is needed. */
export function matchesFind(
  call: Call<Find>,
  term: Term,
  path: string,
  node: Inode,
  act: (action: Action, place: number) => boolean,
): boolean {
  switch (term.type) {
    case 'and':
      return matchesFind(call, term.left, path, node, act) && matchesFind(call, term.right, path, node, act)
    case 'or':
      return matchesFind(call, term.left, path, node, act) || matchesFind(call, term.right, path, node, act)
    case 'not':
      return !matchesFind(call, term.term, path, node, act)
    case 'action':
      return act(call.data.expression!.actions[term.place]!, term.place)
    case 'test':
      return holds(call, term.test, path, node)
  }
}

function compare(value: number, { sign, value: wanted }: Amount): boolean {
  return sign === '+' ? value > wanted : sign === '-' ? value < wanted : value === wanted
}

const KINDS: Readonly<Record<string, number>> = {
  b: S_IFBLK,
  c: S_IFCHR,
  d: S_IFDIR,
  f: S_IFREG,
  l: S_IFLNK,
  p: S_IFIFO,
  s: S_IFSOCK,
}

function fits(pattern: string, text: string, ignoreCase: boolean): boolean {
  return ignoreCase ? matches(pattern.toLowerCase(), text.toLowerCase()) : matches(pattern, text)
}

function holds(call: Call<Find>, test: Test, path: string, node: Inode): boolean {
  switch (test.type) {
    case 'name':
      return fits(test.pattern, baseName(path), test.ignoreCase)
    case 'path':
      return fits(test.pattern, path, test.ignoreCase)
    case 'regex':
      return regularExpression(`^${test.source}$`).test(path)
    case 'kind':
      return test.letters.split(',').some((letter) => (node.mode & S_IFMT) === KINDS[letter])
    case 'size':
      return compare(node.size, { ...test.amount, value: test.amount.value * test.unit })
    case 'time': {
      const seconds = Math.floor(test.now / SECOND) - Number(node[test.field] / 1_000_000_000n)
      return compare(Math.floor(seconds / test.unit), test.amount)
    }
    case 'links':
      return compare(node.nlink, test.amount)
    case 'inum':
      return compare(node.ino, test.amount)
    case 'uid':
      return compare(node.uid, test.amount)
    case 'gid':
      return compare(node.gid, test.amount)
    case 'user':
      return node.uid === idOf(test.name, userNamed(call.kernel, call.process, test.name)?.uid, 'user')
    case 'group':
      return node.gid === idOf(test.name, groupNamed(call.kernel, call.process, test.name)?.gid, 'group')
    case 'newer':
      return node.mtime > other(call, test.path).mtime
    case 'samefile':
      return node.ino === other(call, test.path).ino
    case 'perm':
      return permits(node.mode & 0o7777, test.sign, test.mode)
    case 'empty':
      return empty(call, path, node)
    case 'executable':
      return call.kernel.access(call.process, path, EXECUTE)
    default:
      return test.type === 'true'
  }
}

function idOf(name: string, known: number | undefined, what: string): number {
  if (known !== undefined) return known
  if (/^\d+$/.test(name)) return Number(name)
  throw new FindProblem(`unknown ${what} ${name}`)
}

function other(call: Call<Find>, path: string) {
  try {
    return call.kernel.stat(call.process, path)
  } catch {
    throw new FindProblem(`${path}: No such file or directory`)
  }
}

function permits(mode: number, sign: '-' | '/' | '', wanted: number): boolean {
  if (sign === '-') return (mode & wanted) === wanted
  return sign === '/' ? wanted === 0 || (mode & wanted) !== 0 : mode === wanted
}

function empty(call: Call<Find>, path: string, node: Inode): boolean {
  if ((node.mode & S_IFMT) === S_IFDIR) return call.kernel.readdir(call.process, path).length === 0
  return (node.mode & S_IFMT) === S_IFREG && node.size === 0
}
