import {
  type Inode,
  isDirectory,
  isSymlink,
  major,
  minor,
  S_IFBLK,
  S_IFCHR,
  S_IFIFO,
  S_IFMT,
  S_IFSOCK,
} from '../../storage/inode.ts'
import { groupOf, userOf } from '../accounts.ts'
import { formatTime } from '../text/format-time.ts'
import type { Call } from './call.ts'
import { modeText } from './mode.ts'
import { tool, usage } from './tool.ts'

type Node = Pick<Inode, 'ino' | 'mode' | 'uid' | 'gid' | 'nlink' | 'rdev' | 'size' | 'mtime' | 'ctime' | 'atime'>

const KINDS: Readonly<Record<number, string>> = {
  [S_IFCHR]: 'character special file',
  [S_IFBLK]: 'block special file',
  [S_IFIFO]: 'fifo',
  [S_IFSOCK]: 'socket',
}

function kind(node: Node): string {
  if (isDirectory(node as Inode)) return 'directory'
  if (isSymlink(node as Inode)) return 'symbolic link'
  return KINDS[node.mode & S_IFMT] ?? (node.size === 0 ? 'regular empty file' : 'regular file')
}

function time(nanoseconds: bigint): string {
  const fraction = String(nanoseconds % 1_000_000_000n).padStart(9, '0')
  return `${formatTime('%Y-%m-%d %H:%M:%S', Number(nanoseconds / 1000n))}.${fraction} +0000`
}

/** A container's root is an overlay; every file system shows as that one. */
const DEVICE = 0x2a
const BLOCK = 4096

export const blocksOf = ({ mode, size }: Pick<Inode, 'mode' | 'size'>): number =>
  (mode & S_IFMT) === 0o040000 ? 8 : (mode & S_IFMT) === 0o100000 ? Math.ceil(size / BLOCK) * 8 : 0

/** What a format may ask about. */
interface Subject {
  readonly call: Call<undefined>
  readonly path: string
  readonly node: Node
}

const seconds = (value: bigint) => String(value / 1_000_000_000n)

const FIELDS: Readonly<Record<string, (subject: Subject) => string>> = {
  a: ({ node }) => (node.mode & 0o7777).toString(8),
  A: ({ node }) => modeText(node.mode),
  b: ({ node }) => String(blocksOf(node)),
  B: () => '512',
  d: () => String(DEVICE),
  D: () => DEVICE.toString(16),
  f: ({ node }) => node.mode.toString(16),
  F: ({ node }) => kind(node),
  g: ({ node }) => String(node.gid),
  G: ({ node, call }) => groupOf(call.kernel, call.process, node.gid)?.name ?? 'UNKNOWN',
  h: ({ node }) => String(node.nlink),
  i: ({ node }) => String(node.ino),
  n: ({ path }) => path,
  N: ({ node, path, call }) =>
    isSymlink(node as Inode) ? `'${path}' -> '${call.kernel.readlink(call.process, path)}'` : path,
  o: () => String(BLOCK),
  s: ({ node }) => String(node.size),
  t: ({ node }) => major(node.rdev).toString(16),
  T: ({ node }) => minor(node.rdev).toString(16),
  u: ({ node }) => String(node.uid),
  U: ({ node, call }) => userOf(call.kernel, call.process, node.uid)?.name ?? 'UNKNOWN',
  x: ({ node }) => time(node.atime),
  X: ({ node }) => seconds(node.atime),
  y: ({ node }) => time(node.mtime),
  Y: ({ node }) => seconds(node.mtime),
  z: ({ node }) => time(node.ctime),
  Z: ({ node }) => seconds(node.ctime),
}

function filled(call: Call<undefined>, format: string, path: string, node: Node): string {
  return format.replace(/%(-?\d*)([a-zA-Z%])/g, (whole, width: string, letter: string) => {
    const text = letter === '%' ? '%' : FIELDS[letter]?.({ call, path, node })
    if (text === undefined) return whole
    return width.startsWith('-') ? text.padEnd(Number(width.slice(1))) : text.padStart(Number(width || 0))
  })
}

const DEFAULT = `  File: %N
  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F
Device: %Dh/%dd\tInode: %-10i  Links: LINKS
Access: (ACCESS/%10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)
Access: %x
Modify: %y
Change: %z
`

function long(call: Call<undefined>, path: string, node: Node): string {
  const device = (node.mode & S_IFMT) === S_IFCHR || (node.mode & S_IFMT) === S_IFBLK
  const links = device ? '%-5h Device type: %t,%T' : '%h'
  return filled(
    call,
    DEFAULT.replace('LINKS', links).replace('ACCESS', (node.mode & 0o7777).toString(8).padStart(4, '0')),
    path,
    node,
  )
}

const TERSE = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o\n'

export const stat = tool({
  name: 'stat',
  short: 'ltfLc:',
  long: { 'format:': 'c', dereference: 'L', terse: 't' },
  usage: 'stat [-ltf] [-c FMT] FILE...',
  run(call) {
    if (call.operands.length === 0) {
      usage(call, 'stat [-ltf] [-c FMT] FILE...')
      return 1
    }
    const format = call.value('c')
    for (const path of call.operands) {
      const node = call.attempt(
        () => call.kernel.stat(call.process, path, call.has('L')),
        (name, why) => `can't stat '${name}': ${why}`,
        path,
      )
      if (!node) continue
      if (format !== undefined) call.out(`${filled(call, format, path, node)}\n`)
      else call.out(call.has('t') ? filled(call, TERSE, path, node) : long(call, path, node))
    }
    return undefined
  },
})
