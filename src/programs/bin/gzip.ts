import { gunzip as decompress } from '../../storage/gzip/gunzip.ts'
import { gzip as compress } from '../../storage/gzip/gzip.ts'
import { joinBytes } from '../../storage/join-bytes.ts'
import { NO_BYTES } from '../kernel/bytes.ts'
import type { Call } from './call.ts'
import { filter } from './filter.ts'

interface Gzip {
  chunks: Uint8Array[]
}

function decoded<Data>(call: Call<Data>, bytes: Uint8Array): Uint8Array | undefined {
  try {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new Error('magic')
    return decompress(bytes)
  } catch {
    call.fail('invalid magic')
    return undefined
  }
}

/** The file that takes the place of the one that was read; undefined: it has no fitting suffix, and that was told. */
function target(call: Call<Gzip>, path: string, unpacks: boolean): string | undefined {
  if (!unpacks) return `${path}.gz`
  if (path.endsWith('.tgz')) return `${path.slice(0, -4)}.tar`
  if (path.endsWith('.gz')) return path.slice(0, -3)
  call.fail(`${path}: unknown suffix - ignored`)
  return undefined
}

function close(call: Call<Gzip>, path: string, unpacksAlways: boolean, always: boolean): void {
  const { files, caller, here } = call
  const { chunks } = call.data
  const bytes = chunks.length > 0 ? joinBytes(chunks) : NO_BYTES
  call.data.chunks = []
  const unpacks = unpacksAlways || call.has('d') || call.has('t')
  const level = [1, 2, 3, 4, 5, 6, 7, 8, 9].findLast((digit) => call.has(String(digit))) as 1 | undefined
  const result = unpacks ? decoded(call, bytes) : compress(bytes, level)
  if (!result || call.has('t')) return
  if (path === '-' || call.has('c') || always) return call.out(result)
  const to = target(call, path, unpacks)
  if (to === undefined) return
  if (files.lookup(to, here) && !call.has('f')) return call.fail(`can't open '${to}': File exists`)
  call.attempt(() => {
    const node = files.stat(caller, path, here)
    files.writeFile(caller, to, result, node.mode & 0o777, here)
    files.utimes(caller, to, node.atime, node.mtime, here)
    if (!call.has('k')) files.unlink(caller, path, here)
  })
}

const program = (name: string, unpacks: boolean, always: boolean) =>
  filter<Gzip>({
    name,
    short: 'cfkdtqv123456789n',
    long: { stdout: 'c', force: 'f', keep: 'k', decompress: 'd', test: 't', best: '9', fast: '1' },
    usage: `${name} [-cfk${unpacks ? 't' : 'dt123456789'}] [FILE]...`,
    keeps: true,
    data: () => ({ chunks: [] }),
    chunk: (call, bytes) => void call.data.chunks.push(bytes.slice()),
    close: (call, path) => close(call, path, unpacks, always),
  })

export const gzip = program('gzip', false, false)
export const gunzip = program('gunzip', true, false)
export const zcat = program('zcat', true, true)
