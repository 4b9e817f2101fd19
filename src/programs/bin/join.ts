import { compareBytes } from '../text/codec.ts'
import type { Call } from './call.ts'
import { linesOf } from './lines.ts'
import { merge, twoFiles } from './two-files.ts'

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

export const join = twoFiles({
  name: 'join',
  short: '1:2:j:t:a:v:',
  usage: 'join [-a FILENUM] [-1 FIELD] [-2 FIELD] [-t CHAR] FILE1 FILE2',
  done(call, first, second) {
    const [left, right] = [rowsOf(call, first, '1'), rowsOf(call, second, '2')]
    const between = call.value('t') ?? ' '
    const show = (key: string, ...rest: readonly (readonly string[])[]) =>
      call.out(`${[key, ...rest.flat()].join(between)}\n`)
    const alone = (file: string, { key, rest }: Row) => {
      if (call.values('a').includes(file) || call.values('v').includes(file)) show(key, rest)
    }
    const byKey = (a: Row, b: Row) => compareBytes(a.key, b.key)
    merge(left, right, byKey, (order, i, j) => {
      if (order < 0) alone('1', left[i]!)
      if (order > 0) alone('2', right[j]!)
      if (order !== 0) return [order < 0 ? 1 : 0, order > 0 ? 1 : 0]
      const [ours, theirs] = [sameKey(left, i), sameKey(right, j)]
      if (!call.has('v')) for (const { key, rest } of ours) for (const other of theirs) show(key, rest, other.rest)
      return [ours.length, theirs.length]
    })
  },
})

/** The row, and those after it that have its key. */
function sameKey(rows: readonly Row[], at: number): readonly Row[] {
  let end = at
  while (rows[end]?.key === rows[at]!.key) end++
  return rows.slice(at, end)
}
