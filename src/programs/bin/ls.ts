import { type Inode, isDirectory } from '../../storage/inode.ts'
import { compareBytes } from '../text/codec.ts'
import type { Call } from './call.ts'
import { type Entry, show } from './ls-format.ts'
import { joined } from './paths.ts'
import { tool } from './tool.ts'

export { humanSize } from './ls-format.ts'

/** Names that end alike stand together; those without an ending come first. */
const ending = (name: string) => (name.lastIndexOf('.') > 0 ? name.slice(name.lastIndexOf('.')) : '')

function timeOf(call: Call<unknown>, node: Inode): bigint {
  return call.has('u') ? node.atime : call.has('c') ? node.ctime : node.mtime
}

function compareVersions(a: string, b: string): number {
  const parts = (name: string): readonly string[] => name.match(/\d+|\D+/g) ?? []
  const [left, right] = [parts(a), parts(b)]
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [x, y] = [left[index]!, right[index]!]
    const order = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : compareBytes(x, y)
    if (order !== 0) return order
  }
  return left.length - right.length
}

function sorted(call: Call<unknown>, entries: readonly Entry[]): Entry[] {
  if (call.has('U')) return [...entries]
  const byName = (a: Entry, b: Entry) => compareBytes(a.name, b.name)
  const byTime = (a: Entry, b: Entry) => Number(timeOf(call, b.node) - timeOf(call, a.node))
  const first = call.has('S')
    ? (a: Entry, b: Entry) => b.node.size - a.node.size
    : call.has('t')
      ? byTime
      : call.has('X')
        ? (a: Entry, b: Entry) => compareBytes(ending(a.name), ending(b.name))
        : call.has('v')
          ? (a: Entry, b: Entry) => compareVersions(a.name, b.name)
          : () => 0
  const list = [...entries].sort((a, b) => first(a, b) || byName(a, b))
  return call.has('r') ? list.reverse() : list
}

function lookup({ kernel, process }: Call<unknown>, path: string, follow: boolean): Inode | undefined {
  try {
    return kernel.stat(process, path, follow) as Inode
  } catch {
    return undefined
  }
}

function list(call: Call<{ shown: boolean }>, path: string, titled: boolean): void {
  const names = call.attempt(
    () => call.kernel.readdir(call.process, path),
    (name, why) => `can't open '${name}': ${why}`,
    path,
  )
  if (!names) return
  const visible = call.has('a') || call.has('A') ? names : names.filter((name) => !name.startsWith('.'))
  const entries = [...(call.has('a') ? ['.', '..'] : []), ...visible].flatMap((name): Entry[] => {
    const full = joined(path, name)
    const node = lookup(call, full, call.has('L')) ?? lookup(call, full, false)
    return node ? [{ name, path: full, node }] : []
  })
  if (titled) call.out(`${call.data.shown ? '\n' : ''}${path}:\n`)
  call.data.shown = true
  const order = sorted(call, entries)
  show(call, order, true)
  if (!call.has('R')) return
  for (const { name, path: below, node } of order)
    if (isDirectory(node) && name !== '.' && name !== '..') list(call, below, true)
}

export const ls = tool<{ shown: boolean }>({
  name: 'ls',
  short: '1AaCxdLHRFplinshrSXvctukw:T:gUe',
  long: {
    all: 'a',
    'almost-all': 'A',
    'human-readable': 'h',
    recursive: 'R',
    'color:': 'color',
    color: 'color',
    'full-time': 'e',
    directory: 'd',
    'group-directories-first': '',
  },
  usage: 'ls [-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...',
  data: () => ({ shown: false }),
  run(call) {
    const operands = call.operands.length > 0 ? call.operands : ['.']
    const plain: Entry[] = []
    const directories: Entry[] = []
    for (const path of operands) {
      const follow =
        call.has('L') || call.has('H') || !(call.has('l') || call.has('d') || call.has('n') || call.has('F'))
      const node = call.attempt(
        () => call.kernel.stat(call.process, path, follow || path.endsWith('/')),
        undefined,
        path,
      )
      if (!node) continue
      const entry: Entry = { name: path, path, node: node as Inode }
      ;(isDirectory(entry.node) && !call.has('d') ? directories : plain).push(entry)
    }
    if (plain.length > 0) show(call, sorted(call, plain), false)
    call.data.shown = plain.length > 0
    const titled = operands.length > 1 || call.has('R')
    for (const { path } of sorted(call, directories)) list(call, path, titled)
  },
})
