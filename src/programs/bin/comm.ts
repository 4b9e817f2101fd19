import { compareBytes } from '../text/codec.ts'
import { gather } from './gather.ts'
import { linesOf } from './lines.ts'
import { usage } from './tool.ts'

const LINE = 'comm [-123] FILE1 FILE2'

export const comm = gather({
  name: 'comm',
  short: '123',
  usage: LINE,
  start(call) {
    if (call.operands.length === 2) return undefined
    usage(call, LINE)
    return 1
  },
  done(call, contents) {
    if (contents.length < 2) return 1
    const [left, right] = contents.map(linesOf) as [string[], string[]]
    const indents = ['', call.has('1') ? '' : '\t', (call.has('1') ? '' : '\t') + (call.has('2') ? '' : '\t')]
    const show = (column: 1 | 2 | 3, line: string) => {
      if (!call.has(String(column))) call.out(`${indents[column - 1]}${line}\n`)
    }
    let [i, j] = [0, 0]
    while (i < left.length || j < right.length) {
      const order = i >= left.length ? 1 : j >= right.length ? -1 : compareBytes(left[i]!, right[j]!)
      if (order < 0) show(1, left[i++]!)
      else if (order > 0) show(2, right[j++]!)
      else {
        show(3, left[i++]!)
        j++
      }
    }
    return undefined
  },
})
