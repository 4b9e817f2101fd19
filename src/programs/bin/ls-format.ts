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
import { groupOf, userOf } from '../accounts.ts'
import { formatTime } from '../text/format-time.ts'
import type { Call } from './call.ts'
import { modeText } from './mode.ts'

export interface Entry {
  readonly name: string
  readonly path: string
  readonly node: Inode
}

const HALF_A_YEAR = 15_768_000_000_000

/** `1.5K`: one digit after the point. */
export function humanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes)
  let value = bytes
  for (const unit of 'KMGT') {
    value /= 1024
    if (value < 1024 || unit === 'T') return `${value.toFixed(1)}${unit}`
  }
  return String(bytes)
}

/** What `-F` and `-p` put behind a name. */
function mark(call: Call<unknown>, { mode }: Inode): string {
  const type = mode & S_IFMT
  if (isDirectory({ mode } as Inode)) return call.has('F') || call.has('p') ? '/' : ''
  if (!call.has('F')) return ''
  if (isSymlink({ mode } as Inode)) return '@'
  if (type === S_IFIFO) return '|'
  if (type === S_IFSOCK) return '='
  return mode & 0o111 ? '*' : ''
}

function owner(call: Call<unknown>, { uid, gid }: Inode): string {
  const { kernel, process } = call
  const numeric = call.has('n')
  const group = (numeric ? undefined : groupOf(kernel, process, gid)?.name) ?? String(gid)
  if (call.has('g')) return group.slice(0, 8).padEnd(8)
  const user = (numeric ? undefined : userOf(kernel, process, uid)?.name) ?? String(uid)
  return `${user.slice(0, 8).padEnd(8)} ${group.slice(0, 8).padEnd(8)}`
}

function size(call: Call<unknown>, node: Inode): string {
  if (isDevice(node)) return `${`${major(node.rdev)}`.padStart(4)}, ${`${minor(node.rdev)}`.padStart(3)}`
  return call.has('h') ? humanSize(node.size).padStart(7) : `${node.size}`.padStart(9)
}

function date(call: Call<unknown>, node: Inode): string {
  const time = call.has('u') ? node.atime : call.has('c') ? node.ctime : node.mtime
  const at = Number(time / 1000n)
  if (call.has('e')) return formatTime('%a %b %e %H:%M:%S %Y', at)
  const recent = Math.abs(call.kernel.now - at) < HALF_A_YEAR
  return formatTime(recent ? '%b %e %H:%M' : '%b %e  %Y', at)
}

/** What stands in front of a name with `-i` and `-s`. */
function prefix(call: Call<unknown>, node: Inode): string {
  const inode = call.has('i') ? `${`${node.ino}`.padStart(7)} ` : ''
  return `${inode}${call.has('s') ? `${`${blocks(node)}`.padStart(6)} ` : ''}`
}

function long(call: Call<unknown>, { name, path, node }: Entry): string {
  const head = `${prefix(call, node)}${modeText(node.mode)} ${`${node.nlink}`.padStart(4)} ${owner(call, node)}`
  const target = isSymlink(node) ? ` -> ${call.kernel.readlink(call.process, path)}` : mark(call, node)
  return `${head} ${size(call, node)} ${date(call, node)} ${name}${target}\n`
}

/** Kilobytes on a file system of 4 KiB blocks. */
const blocks = (node: Inode): number =>
  isSymlink(node) || isDevice(node) ? 0 : isDirectory(node) ? 4 : Math.ceil(node.size / 4096) * 4

function total(call: Call<unknown>, entries: readonly Entry[]): string {
  const sum = entries.reduce((all, { node }) => all + blocks(node), 0)
  // busybox leaves room behind a size that people read.
  return call.has('h') ? `total ${(sum === 0 ? '0' : `${sum}K`).padEnd(7)}\n` : `total ${sum}\n`
}

/** @param whole a directory: its total goes in front. */
export function show(call: Call<unknown>, entries: readonly Entry[], whole: boolean): void {
  const isLong = call.has('l') || call.has('n') || call.has('g') || call.has('e')
  if (whole && (isLong || call.has('s'))) call.out(total(call, entries))
  if (isLong) {
    for (const entry of entries) call.out(long(call, entry))
    return
  }
  const names = entries.map(({ name, node }) => `${prefix(call, node)}${name}${mark(call, node)}`)
  const terminal = call.process.fds[1]
  const wide = (terminal?.kind === 'tty' || call.has('C') || call.has('x')) && !call.has('1')
  if (!wide) {
    call.out(names.map((name) => `${name}\n`).join(''))
    return
  }
  const width = Number(call.value('w') ?? (terminal?.kind === 'tty' ? terminal.tty.cols : 80)) || 80
  call.out(columns(names, width, call.has('x')))
}

/** As busybox fills a terminal: down the columns, or (`-x`) along the lines. */
function columns(names: readonly string[], width: number, along = false): string {
  const cell = Math.max(1, ...names.map((name) => name.length)) + 2
  const across = Math.max(1, Math.floor(width / cell))
  const rows = Math.ceil(names.length / across)
  let out = ''
  for (let row = 0; row < rows; row++) {
    const line = along ? names.slice(row * across, (row + 1) * across) : names.filter((_, at) => at % rows === row)
    out += `${line.map((name, at) => (at < line.length - 1 ? name.padEnd(cell) : name)).join('')}\n`
  }
  return out
}
