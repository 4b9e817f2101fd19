import { decode, decodeBytes, encode, encodeBytes } from '../text/codec.ts'
import type { Call } from './call.ts'
import { filter } from './filter.ts'
import { inRanges, parseRanges, type Range } from './ranges.ts'

interface Cut {
  ranges: Range[]
  how: 'bytes' | 'fields'
}

function bytes(ranges: readonly Range[], line: string): string {
  const all = decodeBytes(encode(line))
  return decode(encodeBytes([...all].filter((_, index) => inRanges(ranges, index + 1)).join('')))
}

function fields(call: Call<Cut>, line: string): string | undefined {
  const delimiter = call.value('d')?.slice(0, 1) ?? '\t'
  const all = line.split(delimiter)
  if (all.length === 1) return call.has('s') ? undefined : line
  return all.filter((_, index) => inRanges(call.data.ranges, index + 1)).join(call.value('D') ?? delimiter)
}

export const cut = filter<Cut>({
  name: 'cut',
  short: 'b:c:f:d:snD:',
  long: {
    'output-delimiter:': 'D',
    'only-delimited': 's',
    'fields:': 'f',
    'delimiter:': 'd',
    'characters:': 'c',
    'bytes:': 'b',
  },
  usage: 'cut {-b|c LIST | -f LIST [-d SEP] [-s]} [FILE]...',
  data: () => ({ ranges: [], how: 'bytes' }),
  start(call) {
    const list = call.value('b') ?? call.value('c') ?? call.value('f')
    if (list === undefined) {
      call.fail('expected a list of bytes, characters, or fields')
      return 1
    }
    const ranges = parseRanges(list)
    if (!ranges) {
      call.fail(`invalid range ${list}`)
      return 1
    }
    Object.assign(call.data, { ranges, how: call.has('f') ? 'fields' : 'bytes' })
    return undefined
  },
  line(call, line) {
    const { ranges, how } = call.data
    const text = how === 'fields' ? fields(call, line) : bytes(ranges, line)
    if (text !== undefined) call.out(`${text}\n`)
  },
})
