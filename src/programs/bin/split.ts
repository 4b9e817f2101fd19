import { gather } from './gather.ts'
import { parseCount } from './head.ts'

/** aa, ab, … */
function suffix(index: number, length: number): string {
  let text = ''
  for (let place = 0; place < length; place++) {
    text = String.fromCharCode(97 + (index % 26)) + text
    index = Math.floor(index / 26)
  }
  return text
}

function pieces(bytes: Uint8Array, size: number, byLines: boolean): Uint8Array[] {
  const list: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    let end = at + size
    if (byLines) {
      end = at
      for (let left = size; left > 0 && end < bytes.length; left--) {
        const newline = bytes.indexOf(10, end)
        end = newline < 0 ? bytes.length : newline + 1
      }
    }
    list.push(bytes.subarray(at, end))
    at = end
  }
  return list
}

export const split = gather({
  name: 'split',
  short: 'a:b:l:',
  usage: 'split [OPTIONS] [INPUT [PREFIX]]',
  inputs: ({ operands }) => [operands[0] ?? '-'],
  done(call, [bytes]) {
    if (!bytes) return 1
    const word = call.value('b') ?? call.value('l') ?? '1000'
    const size = parseCount(word)
    if (!size) {
      call.fail(`invalid number '${word}'`)
      return 1
    }
    const length = Number(call.value('a') ?? 2)
    const prefix = call.operands[1] ?? 'x'
    for (const [index, piece] of pieces(bytes, size, !call.has('b')).entries())
      call.attempt(() => call.files.writeFile(call.caller, prefix + suffix(index, length), piece, 0o666, call.here))
    return undefined
  },
})
