import { type Inode, isDirectory } from '../../storage/inode.ts'
import type { Call } from './call.ts'
import { humanSize } from './ls.ts'
import { joined } from './paths.ts'
import { blocksOf } from './stat.ts'
import { tool } from './tool.ts'

interface Du {
  seen: Set<number>
}

/** Blocks of 512 bytes, and a row for what is to be shown. */
function count(call: Call<Du>, path: string, depth: number): number {
  const node = call.attempt(
    () => call.kernel.stat(call.process, path, call.has('L') || (call.has('H') && depth === 0)),
    undefined,
    path,
  )
  if (!node) return 0
  const inode = node as Inode
  let blocks = blocksOf(node)
  if (!isDirectory(inode)) {
    // A file with several names counts once.
    if (node.nlink > 1 && !call.has('l')) {
      if (call.data.seen.has(node.ino)) blocks = 0
      call.data.seen.add(node.ino)
    }
  } else {
    const names = call.attempt(() => call.kernel.readdir(call.process, path), undefined, path) ?? []
    for (const name of names) blocks += count(call, joined(path, name), depth + 1)
  }
  if (shows(call, isDirectory(inode), depth)) call.out(`${shown(call, blocks)}\t${path}\n`)
  return blocks
}

function shows(call: Call<Du>, directory: boolean, depth: number): boolean {
  const limit = call.has('s') ? 0 : Number(call.value('d') ?? Number.POSITIVE_INFINITY)
  return depth <= limit && (directory || depth === 0 || call.has('a'))
}

function shown(call: Call<Du>, blocks: number): string {
  if (call.has('h')) return blocks === 0 ? '0' : humanSize(blocks * 512).replace(/^(\d+)$/, '$1')
  if (call.has('m')) return String(Math.ceil(blocks / 2048))
  return String(Math.ceil(blocks / 2))
}

export const du = tool<Du>({
  name: 'du',
  short: 'aHLd:clsxhmkb',
  long: { 'max-depth:': 'd', summarize: 's', 'human-readable': 'h', all: 'a', total: 'c' },
  usage: 'du [-aHLdclsxhmk] [FILE]...',
  data: () => ({ seen: new Set() }),
  run(call) {
    let total = 0
    for (const path of call.operands.length > 0 ? call.operands : ['.']) total += count(call, path, 0)
    if (call.has('c')) call.out(`${shown(call, total)}\ttotal\n`)
  },
})
