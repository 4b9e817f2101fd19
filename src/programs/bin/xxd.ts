import { decodeBytes } from '../text/codec.ts'
import type { Call } from './call.ts'
import { hexByte, printable, rows } from './dump.ts'
import { gather } from './gather.ts'

function line(offset: number, row: Uint8Array, columns: number, group: number): string {
  let hex = ''
  for (let at = 0; at < columns; at++) {
    hex += at < row.length ? hexByte(row[at]!) : '  '
    if ((at + 1) % group === 0) hex += ' '
  }
  return `${offset.toString(16).padStart(8, '0')}: ${hex}${columns % group === 0 ? '' : ' '} ${[...row].map(printable).join('')}`
}

/** `-r`: from hexadecimal digits back to bytes. */
function reverse<Data>(call: Call<Data>, bytes: Uint8Array): void {
  const text = decodeBytes(bytes)
  const digits = call.has('p')
    ? text.replace(/[^0-9a-fA-F]/g, '')
    : text
        .split('\n')
        .map((row) => /^[0-9a-fA-F]+: ?((?:[0-9a-fA-F]+ ?)*)/.exec(row)?.[1]?.replace(/ /g, '') ?? '')
        .join('')
  call.out(Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
}

export const xxd = gather({
  name: 'xxd',
  short: 'pric:g:l:s:o:',
  usage: 'xxd [-pri] [-g N] [-c N] [-l LEN] [-s OFS] [-o OFS] [FILE]',
  done(call, [all]) {
    if (!all) return 1
    if (call.has('r')) return reverse(call, all)
    const skip = Number(call.value('s') ?? 0)
    const limit = call.value('l')
    const bytes = all.subarray(skip, limit === undefined ? undefined : skip + Number(limit))
    const columns = Number(call.value('c') ?? (call.has('p') ? 30 : 16)) || 16
    const shift = skip + Number(call.value('o') ?? 0)
    for (const item of rows(bytes, columns, false)) {
      if (item === '*') continue
      const plain = [...item.row].map(hexByte).join('')
      call.out(
        `${call.has('p') ? plain : line(shift + item.offset, item.row, columns, Number(call.value('g') ?? 2) || columns)}\n`,
      )
    }
    return undefined
  },
})
