import {
  type Inode,
  isDevice,
  isDirectory,
  isSymlink,
  major,
  minor,
  S_IFIFO,
  S_IFMT,
  S_IFSOCK,
} from '../../storage/inode.ts'
import { groups, users } from '../accounts.ts'
import { formatTime } from '../text/format-time.ts'
import type { Call } from './call.ts'
import { modeText } from './mode.ts'
import { joined } from './paths.ts'
import { tool } from './tool.ts'

interface Entry {
  readonly name: string
  readonly path: string
  readonly node: Inode
}

const HALF_A_YEAR = 15_768_000_000_000

/** `1.5K`: one digit after the point below ten. */
export function humanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes)
  let value = bytes
  for (const unit of 'KMGT') {
    value /= 1024
    if (value < 1024 || unit === 'T') return `${value.toFixed(1)}${unit}`
  }
  return String(bytes)
}

function sorted(call: Call<unknown>, entries: readonly Entry[]): Entry[] {
  if (call.has('U')) return [...entries]
  const byName = (a: Entry, b: Entry) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  const newest = (a: Entry, b: Entry) => (b.node.mtime > a.node.mtime ? 1 : b.node.mtime < a.node.mtime ? -1 : 0)
  const order = call.has('S')
    ? (a: Entry, b: Entry) => b.node.size - a.node.size || byName(a, b)
    : call.has('t')
      ? (a: Entry, b: Entry) => newest(a, b) || byName(a, b)
      : byName
  const list = [...entries].sort(order)
  return call.has('r') ? list.reverse() : list
}

function suffix(call: Call<unknown>, { mode }: Inode): string {
  const type = mode & S_IFMT
  if (isDirectory({ mode } as Inode)) return call.has('F') || call.has('p') ? '/' : ''
  if (!call.has('F')) return ''
  if (isSymlink({ mode } as Inode)) return '@'
  if (type === S_IFIFO) return '|'
  if (type === S_IFSOCK) return '='
  return mode & 0o111 ? '*' : ''
}

/** Busybox's columns: links 4 wide, owner and group 8, size 9. */
function long(call: Call<unknown>, { name, node }: Entry): string {
  const { kernel, process } = call
  const owner =
    (call.has('n') ? undefined : users(kernel, process).find(({ uid }) => uid === node.uid)?.name) ?? `${node.uid}`
  const group =
    (call.has('n') ? undefined : groups(kernel, process).find(({ gid }) => gid === node.gid)?.name) ?? `${node.gid}`
  const size = isDevice(node)
    ? `${`${major(node.rdev)}`.padStart(4)}, ${`${minor(node.rdev)}`.padStart(3)}`
    : (call.has('h') ? humanSize(node.size) : `${node.size}`).padStart(9)
  const at = Number(node.mtime / 1000n)
  const recent = Math.abs(kernel.now - at) < HALF_A_YEAR
  const time = call.has('e')
    ? formatTime('%a %b %e %H:%M:%S %Y', at)
    : formatTime(recent ? '%b %e %H:%M' : '%b %e  %Y', at)
  const inode = call.has('i') ? `${`${node.ino}`.padStart(7)} ` : ''
  const arrow = isSymlink(node) ? ` -> ${node.target}` : ''
  const owners = call.has('g') ? group.padEnd(8) : `${owner.padEnd(8)} ${group.padEnd(8)}`
  return `${inode}${modeText(node.mode)} ${`${node.nlink}`.padStart(4)} ${owners} ${size} ${time} ${name}${suffix(call, isSymlink(node) ? ({ mode: 0 } as Inode) : node)}${arrow}\n`
}

function show(call: Call<unknown>, entries: readonly Entry[], total: boolean): void {
  if (call.has('l') || call.has('n') || call.has('g')) {
    if (total) call.out(`total ${entries.reduce((sum, { node }) => sum + blocks(node), 0)}\n`)
    for (const entry of entries) call.out(long(call, entry))
    return
  }
  const names = entries.map(({ name, node }) => {
    const inode = call.has('i') ? `${`${node.ino}`.padStart(7)} ` : ''
    const size = call.has('s') ? `${`${blocks(node)}`.padStart(7)} ` : ''
    return `${inode}${size}${name}${suffix(call, node)}`
  })
  const width = call.process.fds[1]?.kind === 'tty' ? (call.process.tty?.cols ?? 80) : 0
  call.out(width > 0 && !call.has('1') ? columns(names, width) : names.map((name) => `${name}\n`).join(''))
}

/** Kilobytes on a file system of 4 KiB blocks. */
export const blocks = (node: Inode): number => (isSymlink(node) || isDevice(node) ? 0 : Math.ceil(node.size / 4096) * 4)

/** Down the columns, as busybox fills a terminal. */
export function columns(names: readonly string[], width: number): string {
  const cell = Math.max(1, ...names.map((name) => name.length)) + 2
  const across = Math.max(1, Math.floor(width / cell))
  const rows = Math.ceil(names.length / across)
  let out = ''
  for (let row = 0; row < rows; row++) {
    const line: string[] = []
    for (let at = row; at < names.length; at += rows) line.push(names[at]!)
    out += `${line.map((name, i) => (i < line.length - 1 ? name.padEnd(cell) : name)).join('')}\n`
  }
  return out
}

function list(call: Call<{ shown: boolean }>, path: string, titled: boolean): void {
  const { files, caller, here, there } = call
  const names = call.attempt(
    () => files.readdir(caller, path, here),
    (name, why) => `can't open '${name}': ${why}`,
    path,
  )
  if (!names) return
  const hidden = call.has('a')
    ? ['.', '..', ...names]
    : call.has('A')
      ? names
      : names.filter((name) => !name.startsWith('.'))
  const entries = hidden.flatMap((name): Entry[] => {
    const full = joined(path, name)
    const node = files.lookup(full, there)
    return node ? [{ name, path: full, node }] : []
  })
  if (titled) call.out(`${call.data.shown ? '\n' : ''}${path}:\n`)
  call.data.shown = true
  const order = sorted(call, entries)
  show(call, order, true)
  if (call.has('R'))
    for (const { name, path: below, node } of order)
      if (isDirectory(node) && name !== '.' && name !== '..') list(call, below, true)
}

export const ls = tool<{ shown: boolean }>({
  name: 'ls',
  short: '1AaCxdLHRFplinshrSXvctukwT:gUeZ',
  long: {
    all: 'a',
    'almost-all': 'A',
    'human-readable': 'h',
    recursive: 'R',
    'color:': '',
    color: '',
    'full-time': 'e',
    directory: 'd',
  },
  data: () => ({ shown: false }),
  run(call) {
    const { files, here, there } = call
    const operands = call.operands.length > 0 ? call.operands : ['.']
    const plain: Entry[] = []
    const directories: Entry[] = []
    for (const path of operands) {
      const followed = call.has('l') && !call.has('H') && !path.endsWith('/') ? there : here
      const node = files.lookup(path, call.has('d') ? there : followed) ?? files.lookup(path, there)
      if (!node) call.fail(`${path}: No such file or directory`)
      else (isDirectory(node) && !call.has('d') ? directories : plain).push({ name: path, path, node })
    }
    if (plain.length > 0) show(call, sorted(call, plain), false)
    call.data.shown = plain.length > 0
    const titled = operands.length > 1 || call.has('R')
    for (const { path } of sorted(call, directories)) list(call, path, titled)
  },
})
