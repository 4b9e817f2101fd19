import { concat } from '../kernel/bytes.ts'
import type { Call } from './call.ts'
import { filter } from './filter.ts'

interface Head {
  /** How many lines or bytes each input may give; all but so many, where `fromEnd`. */
  limit: number
  fromEnd: boolean
  bytes: boolean
  left: number
  heads: number
  /** Held back, in case it is the end. */
  held: Uint8Array
}

/** `5`, `5k`, `5M`; undefined: no number. */
export function parseCount(word: string): number | undefined {
  const [, digits, unit] = /^(\d+)([bkKmMgG]?)$/.exec(word) ?? []
  const scale = { '': 1, b: 512, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit?.toLowerCase() ?? '']
  return digits === undefined || scale === undefined ? undefined : Number(digits) * scale
}

function take(call: Call<Head>, bytes: Uint8Array): void {
  const { data } = call
  if (data.bytes) {
    call.out(bytes.slice(0, data.left))
    data.left -= Math.min(data.left, bytes.length)
    return
  }
  let end = 0
  while (data.left > 0 && end < bytes.length) {
    const newline = bytes.indexOf(10, end)
    if (newline < 0) {
      end = bytes.length
      break
    }
    end = newline + 1
    data.left--
  }
  call.out(bytes.slice(0, end))
}

/** Passes on what is surely not among the last lines or bytes. */
function holdBack(call: Call<Head>, bytes: Uint8Array): void {
  const { data } = call
  const all = concat(data.held, bytes)
  let end = all.length
  if (data.bytes) end = Math.max(0, all.length - data.limit)
  else {
    // A line without a newline counts as one too: it may still get its own.
    let newlines = 0
    for (; end > 0; end--) if (all[end - 1] === 10 && ++newlines > data.limit) break
  }
  call.out(all.slice(0, end))
  data.held = all.slice(end)
}

/** The end has come: an open last line is one of the lines that stay out. */
function release(call: Call<Head>): void {
  const { data } = call
  if (!data.fromEnd || data.bytes || data.held.length === 0 || data.held.at(-1) === 10 || data.limit === 0) return
  const first = data.held.indexOf(10)
  let newlines = 0
  for (const byte of data.held) if (byte === 10) newlines++
  if (newlines >= data.limit && first >= 0) call.out(data.held.slice(0, first + 1))
}

export const head = filter<Head>({
  name: 'head',
  short: 'n:c:qv',
  number: 'n',
  long: { 'lines:': 'n', 'bytes:': 'c', quiet: 'q', verbose: 'v' },
  usage: 'head [OPTIONS] [FILE]...',
  data: () => ({ limit: 10, fromEnd: false, bytes: false, left: 0, heads: 0, held: new Uint8Array(0) }),
  cannotRead: (path) => `${path}: Input/output error`,
  start(call) {
    const word = call.value('c') ?? call.value('n') ?? '10'
    const limit = parseCount(word.replace(/^-/, ''))
    if (limit === undefined) {
      call.fail(`invalid number '${word}'`)
      return 1
    }
    Object.assign(call.data, { limit, fromEnd: word.startsWith('-'), bytes: call.has('c') })
    return undefined
  },
  open(call, name) {
    const { data } = call
    data.left = data.limit
    data.held = new Uint8Array(0)
    const titles = call.has('v') || (call.operands.length > 1 && !call.has('q'))
    if (titles) call.out(`${data.heads++ > 0 ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`)
    if (data.limit === 0 && !data.fromEnd && call.operands.length <= 1) call.finish()
  },
  chunk(call, bytes) {
    const { data } = call
    if (data.fromEnd) return holdBack(call, bytes)
    if (data.left > 0) take(call, bytes)
    // A pipe's writer shall see that nobody reads on.
    if (data.left === 0 && call.operands.length <= 1) call.finish()
  },
  close: release,
})
