import { decodeBytes, encode } from '../text/codec.ts'
import { escapeAt } from '../text/escapes.ts'
import { characterClass } from '../text/pattern.ts'
import { filter } from './filter.ts'
import { usage } from './tool.ts'

interface Tr {
  /** What becomes of each byte; -1: it goes. */
  map: number[]
  squeeze: boolean[]
  last: number
}

/** The bytes that `a-z`, `[:digit:]`, `[=x=]`, `[x*3]`, `\n` stand for. */
function expandSet(text: string): number[] {
  const source = decodeBytes(encode(text))
  const bytes: number[] = []
  let at = 0
  const one = (): number => {
    if (source[at] === '\\' && at + 1 < source.length) {
      const found = escapeAt(source, at + 1)
      // An unknown escape is a backslash, and what follows is itself.
      at += 1 + found.length
      return found.text.charCodeAt(0) & 255
    }
    return source.charCodeAt(at++)
  }
  while (at < source.length) {
    const named = /^\[:(\w+):\]/.exec(source.slice(at, at + 12))
    const test = named && characterClass(named[1]!)
    if (named && test) {
      for (let code = 0; code < 256; code++) if (test(code)) bytes.push(code)
      at += named[0].length
      continue
    }
    const equal = /^\[=(.)=\]/s.exec(source.slice(at, at + 5))
    if (equal) {
      bytes.push(equal[1]!.charCodeAt(0))
      at += 5
      continue
    }
    const from = one()
    if (source[at] === '-' && at + 1 < source.length) {
      at++
      const to = one()
      for (let code = from; code <= to; code++) bytes.push(code)
    } else bytes.push(from)
  }
  return bytes
}

function complement(bytes: readonly number[]): number[] {
  const known = new Set(bytes)
  return Array.from({ length: 256 }, (_, code) => code).filter((code) => !known.has(code))
}

export const tr = filter<Tr>({
  name: 'tr',
  short: 'cCdst',
  mixed: false,
  usage: 'tr [-cds] STRING1 [STRING2]',
  data: () => ({ map: [], squeeze: [], last: -1 }),
  inputs: () => ['-'],
  start(call) {
    const [first, second] = call.operands
    if (first === undefined || (second === undefined && !call.has('d') && !call.has('s')) || call.operands.length > 2) {
      usage(call, 'tr [-cds] STRING1 [STRING2]')
      return 1
    }
    const given = expandSet(first)
    const from = call.has('c') || call.has('C') ? complement(given) : given
    const to = second === undefined ? [] : expandSet(second)
    const map = Array.from({ length: 256 }, (_, code) => code)
    const deletes = call.has('d')
    if (deletes) for (const code of from) map[code] = -1
    else if (to.length > 0) for (const [index, code] of from.entries()) map[code] = to[Math.min(index, to.length - 1)]!
    const squeezed = call.has('s') ? (to.length > 0 ? to : from) : []
    const squeeze: boolean[] = []
    for (const code of squeezed) squeeze[code] = true
    Object.assign(call.data, { map, squeeze })
    return undefined
  },
  chunk(call, bytes) {
    const { data } = call
    const out = new Uint8Array(bytes.length)
    let length = 0
    for (const byte of bytes) {
      const mapped = data.map[byte]!
      if (mapped < 0 || (mapped === data.last && data.squeeze[mapped])) continue
      data.last = mapped
      out[length++] = mapped
    }
    call.out(out.subarray(0, length))
  },
})
