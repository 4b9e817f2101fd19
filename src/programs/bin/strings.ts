import { decodeBytes } from '../text/codec.ts'
import { gather } from './gather.ts'

export const strings = gather({
  name: 'strings',
  short: 'afon:t:',
  usage: 'strings [-fo] [-t o|d|x] [-n LEN] [FILE]...',
  done(call, contents) {
    const least = Number(call.value('n') ?? 4)
    const radix = { o: 8, d: 10, x: 16 }[call.value('t') ?? (call.has('o') ? 'o' : '')]
    for (const [index, bytes] of contents.entries())
      for (const found of decodeBytes(bytes).matchAll(new RegExp(`[\\t -~]{${least},}`, 'g'))) {
        const name = call.has('f') ? `${call.operands[index] ?? '{standard input}'}: ` : ''
        const offset = radix ? `${found.index.toString(radix).padStart(7)} ` : ''
        call.out(`${name}${offset}${found[0]}\n`)
      }
    return undefined
  },
})
