import { compareBytes } from '../text/codec.ts'
import type { Call } from './call.ts'
import { gather } from './gather.ts'
import { linesOf } from './lines.ts'
import { usage } from './tool.ts'

const LINE = 'join [-a FILENUM] [-1 FIELD] [-2 FIELD] [-t CHAR] FILE1 FILE2'

interface Row {
  readonly key: string
  readonly rest: readonly string[]
}

function rowsOf<Data>(call: Call<Data>, bytes: Uint8Array, option: '1' | '2'): Row[] {
  const field = Number(call.value(option) ?? call.value('j') ?? 1) - 1
  const separator = call.value('t')
  return linesOf(bytes).map((line) => {
    const fields = separator === undefined ? line.trim().split(/\s+/) : line.split(separator)
    return { key: fields[field] ?? '', rest: fields.filter((_, index) => index !== field) }
  })
}

export const join = gather({
  name: 'join',
  short: '1:2:j:t:a:v:',
  usage: LINE,
  start(call) {
    if (call.operands.length === 2) return undefined
    usage(call, LINE)
    return 1
  },
  done(call, contents) {
    if (contents.length < 2) return 1
    const left = rowsOf(call, contents[0]!, '1')
    const right = rowsOf(call, contents[1]!, '2')
    const between = call.value('t') ?? ' '
    const show = (key: string, ...rest: readonly (readonly string[])[]) =>
      call.out(`${[key, ...rest.flat()].join(between)}\n`)
    const alone = (file: string) => call.values('a').includes(file) || call.values('v').includes(file)
    let [i, j] = [0, 0]
    while (i < left.length || j < right.length) {
      const order = i >= left.length ? 1 : j >= right.length ? -1 : compareBytes(left[i]!.key, right[j]!.key)
      if (order !== 0) {
        const row = order < 0 ? left[i++]! : right[j++]!
        if (alone(order < 0 ? '1' : '2')) show(row.key, row.rest)
        continue
      }
      const { key } = left[i]!
      let end = j
      while (right[end]?.key === key) end++
      for (; left[i]?.key === key; i++)
        if (!call.has('v')) for (let at = j; at < end; at++) show(key, left[i]!.rest, right[at]!.rest)
      j = end
    }
    return undefined
  },
})
