import { gather } from './gather.ts'
import { usage } from './tool.ts'

const LINE = 'cmp [-ls] [-n NUM] FILE1 [FILE2 [SKIP1 [SKIP2]]]'

export const cmp = gather({
  name: 'cmp',
  short: 'lsn:',
  usage: LINE,
  errorCode: 2,
  inputs: ({ operands }) => [operands[0] ?? '-', operands[1] ?? '-'],
  start(call) {
    if (call.operands.length > 0) return undefined
    usage(call, LINE)
    return 1
  },
  done(call, contents) {
    if (contents.length < 2) return 2
    const limit = Number(call.value('n') ?? Number.POSITIVE_INFINITY)
    const skips = call.operands.slice(2).map(Number)
    const [left, right] = contents.map((bytes, index) => bytes.subarray(skips[index] ?? 0).subarray(0, limit)) as [
      Uint8Array,
      Uint8Array,
    ]
    const [first, second = '-'] = call.operands
    let line = 1
    let differs = false
    for (let at = 0; at < Math.min(left.length, right.length); at++) {
      if (left[at] !== right[at]) {
        differs = true
        if (call.has('s')) return 1
        if (!call.has('l')) {
          call.out(`${first} ${second} differ: char ${at + 1}, line ${line}\n`)
          return 1
        }
        call.out(`${at + 1} ${left[at]!.toString(8).padStart(3)} ${right[at]!.toString(8).padStart(3)}\n`)
      }
      if (left[at] === 10) line++
    }
    if (left.length !== right.length) {
      if (!call.has('s'))
        call.kernel.puts(call.process, 2, `cmp: EOF on ${left.length < right.length ? first : second}\n`)
      return 1
    }
    return differs ? 1 : 0
  },
})
