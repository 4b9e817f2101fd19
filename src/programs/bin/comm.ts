import { compareBytes } from '../text/codec.ts'
import { linesOf } from './lines.ts'
import { merge, twoFiles } from './two-files.ts'

export const comm = twoFiles({
  name: 'comm',
  short: '123',
  usage: 'comm [-123] FILE1 FILE2',
  done(call, first, second) {
    const [left, right] = [linesOf(first), linesOf(second)]
    const indents = ['', call.has('1') ? '' : '\t', (call.has('1') ? '' : '\t') + (call.has('2') ? '' : '\t')]
    const show = (column: 1 | 2 | 3, line: string) => {
      if (!call.has(String(column))) call.out(`${indents[column - 1]}${line}\n`)
    }
    merge(left, right, compareBytes, (order, i, j) => {
      show(order < 0 ? 1 : order > 0 ? 2 : 3, order > 0 ? right[j]! : left[i]!)
      return [order > 0 ? 0 : 1, order < 0 ? 0 : 1]
    })
  },
})
