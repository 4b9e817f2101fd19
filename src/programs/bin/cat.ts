import { encodeBytes } from '../text/codec.ts'
import type { Call } from './call.ts'
import { filter } from './filter.ts'

interface Cat {
  line: number
  /** The last byte was a newline, or there was none yet. */
  lineStart: boolean
}

const READABLE = 'nbvetAET'

/** `^A`, `M-x` */
function visible(byte: number): string {
  if (byte >= 128) return `M-${visible(byte - 128)}`
  if (byte === 127) return '^?'
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte)
}

function shown(call: Call<Cat>, bytes: Uint8Array): string {
  const { data } = call
  const all = call.has('A')
  const ends = all || call.has('e') || call.has('E')
  const tabs = all || call.has('t') || call.has('T')
  const hidden = all || call.has('v') || call.has('e') || call.has('t')
  let text = ''
  for (const byte of bytes) {
    if (data.lineStart && (call.has('b') ? byte !== 10 : call.has('n'))) text += `${String(++data.line).padStart(6)}\t`
    data.lineStart = byte === 10
    if (byte === 10) text += ends ? '$\n' : '\n'
    else if (byte === 9) text += tabs ? '^I' : '\t'
    else text += hidden ? visible(byte) : String.fromCharCode(byte)
  }
  return text
}

export const cat = filter<Cat>({
  name: 'cat',
  short: 'nbsuvteAET',
  long: { number: 'n', 'number-nonblank': 'b', 'show-all': 'A', 'show-ends': 'E', 'show-tabs': 'T' },
  usage: 'cat [-nbvteA] [FILE]...',
  cannotOpen: (path, why) => `can't open '${path}': ${why}`,
  cannotRead: (_, why) => `read error: ${why}`,
  data: () => ({ line: 0, lineStart: true }),
  chunk(call, bytes) {
    if ([...READABLE].some((option) => call.has(option))) call.out(encodeBytes(shown(call, bytes)))
    else call.out(bytes)
  },
})
