import { ArchiveError, invalidHeader } from '../archive-error.ts'
import { BLOCK, type Field, readNumber } from './field.ts'
import { decimal, type PaxRecords, textOf } from './pax.ts'

interface Fragment {
  readonly offset: number
  readonly length: number
}

interface Blocks {
  block(): Uint8Array
  body(size: number): Uint8Array
}

interface Sparse {
  name: string
  readonly body: Uint8Array
}

const NUMBER = 12
const ENTRY = 2 * NUMBER
const REAL_SIZE: Field = { at: 483, length: NUMBER }
const IN_HEADER = { at: 386, entries: 4, extended: 482 }
const IN_EXTENSION = { at: 0, entries: 21, extended: 504 }

const tooLarge = () => new ArchiveError('archive/tar: sparse file too long')

/** The old GNU form: the map stands in the header and in blocks behind it. */
export function expandGnuSparse(header: Uint8Array, reader: Blocks, size: number, limit: number): Uint8Array {
  const map: Fragment[] = []
  for (let block = header, form = IN_HEADER; ; block = reader.block(), form = IN_EXTENSION) {
    for (let i = 0; i < form.entries; i++) {
      const at = form.at + i * ENTRY
      if (block[at] === 0) break
      const offset = readNumber(block, { at, length: NUMBER })
      map.push({ offset, length: readNumber(block, { at: at + NUMBER, length: NUMBER }) })
    }
    if (block[form.extended] === 0) break
  }
  return expand(map, readNumber(header, REAL_SIZE), reader.body(size), limit)
}

export const isPaxSparse = (pax: PaxRecords): boolean =>
  pax.has('GNU.sparse.map') || pax.has('GNU.sparse.major') || pax.has('GNU.sparse.size')

/** The PAX forms 0.0, 0.1 (map in a record) and 1.0 (map before the data). */
export function expandPaxSparse(entry: Sparse, pax: PaxRecords, limit: number): Uint8Array {
  const record = (key: string): string | undefined => {
    const value = pax.get(`GNU.sparse.${key}`)
    return value && textOf(value)
  }
  entry.name = record('name') ?? entry.name
  const size = decimal(record('realsize') ?? record('size') ?? '')
  if (record('major') !== '1') return expand(pairs((record('map') ?? '').split(',')), size, entry.body, limit)
  const lines = textOf(entry.body).split('\n')
  const count = decimal(lines[0]!)
  if (count < 0 || count * 2 + 1 >= lines.length) throw invalidHeader()
  const map = lines.slice(1, 1 + 2 * count)
  const length = [lines[0]!, ...map].reduce((sum, line) => sum + line.length + 1, 0)
  return expand(pairs(map), size, entry.body.subarray(Math.ceil(length / BLOCK) * BLOCK), limit)
}

function pairs(numbers: readonly string[]): Fragment[] {
  const out: Fragment[] = []
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    out.push({ offset: decimal(numbers[i]!), length: decimal(numbers[i + 1]!) })
  }
  return out
}

function expand(map: readonly Fragment[], size: number, data: Uint8Array, limit: number): Uint8Array {
  if (size < 0) throw invalidHeader()
  if (size > limit) throw tooLarge()
  let from = 0
  let end = 0
  for (const { offset, length } of map) {
    if (length < 0 || offset < end || offset + length > size || from + length > data.length) throw invalidHeader()
    from += length
    end = offset + length
  }
  const body = new Uint8Array(size)
  from = 0
  for (const { offset, length } of map) {
    body.set(data.subarray(from, from + length), offset)
    from += length
  }
  return body
}
