import type { Sink } from '../gzip/sink.ts'
import type { Input } from './input.ts'
import { corrupt } from './invalid.ts'
import { Lzma } from './lzma.ts'

const END = 0
const PLAIN_NEW = 1
const PLAIN = 2
const LZMA = 0x80

/** What a chunk of LZMA forgets of what was before: each does what the one before it does, too. */
const RESET_STATE = 1
const RESET_PROPERTIES = 2
const RESET_DICTIONARY = 3

/** Chunks of LZMA and of bytes that are as they are, up to the end mark. `dictionary`: how far back a match may reach. */
export function lzma2(input: Input, dictionary: number, sink: Sink): void {
  const lzma = new Lzma(dictionary)
  let begun = false
  for (let control = input.byte(); control !== END; control = input.byte()) {
    const reset = control >= LZMA ? (control >> 5) & 3 : control
    if (control > PLAIN && control < LZMA) throw corrupt()
    const fresh = control === PLAIN_NEW || (control >= LZMA && reset === RESET_DICTIONARY)
    if (!begun && !fresh) throw corrupt()
    begun = true
    if (fresh) lzma.forget(sink.length)
    if (control < LZMA) plain(input, sink)
    else packed(input, control, reset, lzma, sink)
  }
}

function plain(input: Input, sink: Sink): void {
  sink.add(input.take(u16(input) + 1))
}

function packed(input: Input, control: number, reset: number, lzma: Lzma, sink: Sink): void {
  const size = ((control & 0x1f) << 16) + u16(input) + 1
  const compressed = u16(input) + 1
  if (reset >= RESET_PROPERTIES) lzma.setProperties(input.byte())
  else if (reset === RESET_STATE) lzma.reset()
  const chunk = input.take(compressed)
  const from = sink.length
  lzma.decode(chunk, sink.reserve(size), from, from + size)
}

const u16 = (input: Input) => (input.byte() << 8) | input.byte()
