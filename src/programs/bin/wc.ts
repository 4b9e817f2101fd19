import type { Call } from './call.ts'
import { filter } from './filter.ts'

interface Counts {
  lines: number
  words: number
  chars: number
  bytes: number
  longest: number
}

interface Wc extends Counts {
  inWord: boolean
  column: number
  total: Counts
  inputs: number
}

const none = (): Counts => ({ lines: 0, words: 0, chars: 0, bytes: 0, longest: 0 })

function count(data: Wc, bytes: Uint8Array): void {
  data.bytes += bytes.length
  for (const byte of bytes) {
    if ((byte & 0xc0) !== 0x80) data.chars++
    if (byte === 10) {
      data.lines++
      data.longest = Math.max(data.longest, data.column)
      data.column = 0
    } else data.column++
    const space = byte === 32 || (byte >= 9 && byte <= 13)
    if (!space && !data.inWord) data.words++
    data.inWord = !space
  }
}

/** One column stands bare; several are padded to nine. */
function print(call: Call<Wc>, counts: Counts, name: string): void {
  const chosen = (['l', 'w', 'm', 'c', 'L'] as const).filter((option) => call.has(option))
  const columns = chosen.length > 0 ? chosen : (['l', 'w', 'c'] as const)
  const of = { l: counts.lines, w: counts.words, m: counts.chars, c: counts.bytes, L: counts.longest }
  const bare = columns.length === 1 && call.operands.length <= 1
  const figures = columns.map((column) => (bare ? `${of[column]}` : `${of[column]}`.padStart(9)))
  call.out(`${figures.join(' ')}${name === '-' && call.operands.length === 0 ? '' : ` ${name}`}\n`)
}

export const wc = filter<Wc>({
  name: 'wc',
  short: 'cmlwL',
  usage: 'wc [-cmlwL] [FILE]...',
  data: () => ({ inWord: false, column: 0, total: none(), inputs: 0, ...none() }),
  open: (call) => void Object.assign(call.data, { inWord: false, column: 0, ...none() }),
  chunk: (call, bytes) => count(call.data, bytes),
  close(call, name) {
    const { data } = call
    data.longest = Math.max(data.longest, data.column)
    print(call, data, name)
    for (const key of ['lines', 'words', 'chars', 'bytes'] as const) data.total[key] += data[key]
    data.total.longest = Math.max(data.total.longest, data.longest)
    data.inputs++
  },
  end(call) {
    if (call.operands.length > 1) print(call, call.data.total, 'total')
  },
})
