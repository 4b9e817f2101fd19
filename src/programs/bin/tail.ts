import { SECOND } from '../../core/instant.ts'
import { joinBytes } from '../../storage/join-bytes.ts'
import { NO_BYTES } from '../kernel/bytes.ts'
import type { Call } from './call.ts'
import { filter } from './filter.ts'
import { parseCount } from './head.ts'

interface Tail {
  count: number
  /** Counts from the beginning: `+N`. */
  fromStart: boolean
  bytes: boolean
  /** The end of the input so far, and how many newlines are in it. */
  kept: Uint8Array[]
  size: number
  newlines: number
  skipped: number
  heads: number
  /** Where `-f` stands in each file. */
  follows: { path: string; at: number; ino: number }[]
  last: string
  opened: number
}

function newlinesIn(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte === 10) count++
  return count
}

function keep(call: Call<Tail>, bytes: Uint8Array): void {
  const { data } = call
  data.kept.push(bytes)
  data.size += bytes.length
  data.newlines += newlinesIn(bytes)
  // Whole chunks that cannot be in the end go; one newline more than lines, since the last line may be open.
  for (let first = data.kept[0]; first; first = data.kept[0]) {
    const lines = newlinesIn(first)
    const spare = data.bytes ? data.size - first.length >= data.count : data.newlines - lines > data.count
    if (!spare) return
    data.kept.shift()
    data.size -= first.length
    data.newlines -= lines
  }
}

/** From the start on: the bytes past the first ones. */
function pass(call: Call<Tail>, bytes: Uint8Array): void {
  const { data } = call
  let at = 0
  while (data.skipped < data.count - 1 && at < bytes.length) {
    if (data.bytes) {
      const step = Math.min(bytes.length - at, data.count - 1 - data.skipped)
      at += step
      data.skipped += step
    } else {
      const newline = bytes.indexOf(10, at)
      if (newline < 0) return
      at = newline + 1
      data.skipped++
    }
  }
  call.out(bytes.slice(at))
}

function lastPart({ count, bytes, kept }: Tail): Uint8Array {
  const all = kept.length === 0 ? NO_BYTES : joinBytes(kept)
  if (count === 0) return NO_BYTES
  if (bytes) return all.subarray(Math.max(0, all.length - count))
  let at = all.length
  if (all[at - 1] === 10) at--
  for (let left = count; at > 0; at--) if (all[at - 1] === 10 && --left === 0) break
  return all.subarray(at)
}

const follows = (call: Call<Tail>) => call.has('f') || call.has('F')

function watch(call: Call<Tail>): void {
  const { data, files } = call
  for (const followed of data.follows) {
    const node = files.lookup(followed.path, call.here)
    if (!node) continue
    // A file that was replaced or cut is read from its beginning.
    if ((call.has('F') && node.ino !== followed.ino) || node.size < followed.at) {
      followed.at = 0
      followed.ino = node.ino
    }
    if (node.size <= followed.at) continue
    const bytes = call.attempt(() => files.readFile(call.caller, followed.path, call.here))
    if (!bytes) continue
    if (data.follows.length > 1 && data.last !== followed.path) call.out(`\n==> ${followed.path} <==\n`)
    data.last = followed.path
    call.out(bytes.slice(followed.at))
    followed.at = bytes.length
  }
}

export const tail = filter<Tail>({
  name: 'tail',
  short: 'n:c:qvfFs:',
  number: 'n',
  long: { 'lines:': 'n', 'bytes:': 'c', follow: 'f', retry: 'F' },
  usage: 'tail [OPTIONS] [FILE]...',
  cannotOpen: (path, why) => `can't open '${path}': ${why}`,
  cannotRead: (_, why) => `read error: ${why}`,
  data: () => ({
    count: 10,
    fromStart: false,
    bytes: false,
    kept: [],
    size: 0,
    newlines: 0,
    skipped: 0,
    heads: 0,
    follows: [],
    last: '',
    opened: 0,
  }),
  start(call) {
    const word = call.value('c') ?? call.value('n') ?? '10'
    const count = parseCount(word.replace(/^[-+]/, ''))
    if (count === undefined) {
      call.fail(`invalid number '${word}'`)
      return 1
    }
    Object.assign(call.data, { count, fromStart: word.startsWith('+'), bytes: call.has('c') })
    return undefined
  },
  open(call, name) {
    call.data.opened++
    Object.assign(call.data, { kept: [], size: 0, newlines: 0, skipped: 0 })
    const titles = call.has('v') || (call.operands.length > 1 && !call.has('q'))
    if (titles) call.out(`${call.data.heads++ > 0 ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`)
  },
  chunk: (call, bytes) => (call.data.fromStart ? pass(call, bytes) : keep(call, bytes)),
  close(call, name) {
    const { data } = call
    if (!data.fromStart) call.out(lastPart(data).slice())
    data.kept = []
    const node = name === '-' ? undefined : call.files.lookup(name, call.here)
    if (follows(call) && node) data.follows.push({ path: name, at: node.size, ino: node.ino })
    data.last = name
  },
  end(call) {
    const { data } = call
    if (data.opened === 0 && !call.has('F')) {
      call.fail('no files')
      return
    }
    if (!follows(call)) return
    // `-F` also waits for files that are not there yet.
    if (call.has('F'))
      for (const path of call.operands)
        if (!data.follows.some((followed) => followed.path === path)) data.follows.push({ path, at: 0, ino: 0 })
    if (data.follows.length === 0) return
    watch(call)
    const seconds = Number(call.value('s') ?? 1)
    call.sleepUntil(call.kernel.now + (seconds > 0 ? seconds : 1) * SECOND)
  },
})
