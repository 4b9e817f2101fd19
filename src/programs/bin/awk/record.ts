import { regularExpression } from '../../text/regular-expression.ts'
import type { Value } from './code.ts'
import type { Awk, Reader } from './state.ts'
import { input, toNumber, toText } from './values.ts'

export const textOf = (awk: Awk, name: string): string => toText(awk.globals.get(name), '%.6g')

/** How many fields a record may be given by assignment. */
const FIELD_LIMIT = 1_000_000

/** Splits as FS says: at white space, at a character, or at a regular expression. */
export function splitText(text: string, separator: string): string[] {
  if (separator === ' ') return text.trim() === '' ? [] : text.replace(/^[ \t\n]+|[ \t\n]+$/g, '').split(/[ \t\n]+/)
  if (text === '') return []
  if (separator === '') return [...text]
  if (separator.length === 1 && separator !== '\\') return text.split(separator)
  return splitAt(text, regularExpression(separator, { extended: true, global: true }))
}

function splitAt(text: string, pattern: RegExp): string[] {
  const parts: string[] = []
  let from = 0
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    if (found[0] === '') {
      pattern.lastIndex++
      continue
    }
    parts.push(text.slice(from, found.index))
    from = found.index + found[0].length
  }
  return [...parts, text.slice(from)]
}

export function setRecord(awk: Awk, text: string): void {
  awk.record = text
  awk.fields = undefined
  awk.recordStale = false
}

export function fieldsOf(awk: Awk): string[] {
  if (!awk.fields) {
    const separator = textOf(awk, 'FS')
    // An empty line between paragraphs makes a newline a separator too.
    const paragraphs =
      textOf(awk, 'RS') === '' && separator !== ' '
        ? `\n|${separator.length === 1 ? `[${separator}]` : separator}`
        : separator
    awk.fields = splitText(awk.record, paragraphs)
  }
  return awk.fields
}

export function readField(awk: Awk, index: number): Value {
  if (index === 0) {
    if (awk.recordStale) {
      awk.record = fieldsOf(awk).join(textOf(awk, 'OFS'))
      awk.recordStale = false
    }
    return input(awk.record)
  }
  const text = fieldsOf(awk)[index - 1]
  return text === undefined ? undefined : input(text)
}

export function writeField(awk: Awk, index: number, text: string): void {
  if (index === 0) return setRecord(awk, text)
  if (index > FIELD_LIMIT) return
  const fields = fieldsOf(awk)
  while (fields.length < index) fields.push('')
  fields[index - 1] = text
  awk.recordStale = true
}

export function setFieldCount(awk: Awk, count: number): void {
  const fields = fieldsOf(awk)
  const wanted = Math.max(0, Math.min(FIELD_LIMIT, Math.trunc(count)))
  while (fields.length < wanted) fields.push('')
  fields.length = wanted
  awk.recordStale = true
}

/** The next record of what was read; undefined: more must be read first, or nothing is left. */
export function takeRecord(awk: Awk, reader: Reader): string | undefined {
  const separator = textOf(awk, 'RS')
  if (separator === '') return takeParagraph(reader)
  const found = separator.length === 1 ? plain(reader.buffer, separator) : pattern(reader, separator)
  if (found) {
    const record = reader.buffer.slice(0, found.from)
    reader.buffer = reader.buffer.slice(found.to)
    return record
  }
  if (!reader.ended || reader.buffer === '') return undefined
  const rest = reader.buffer
  reader.buffer = ''
  return rest
}

function plain(text: string, separator: string): { from: number; to: number } | undefined {
  const from = text.indexOf(separator)
  return from < 0 ? undefined : { from, to: from + 1 }
}

function pattern({ buffer, ended }: Reader, separator: string): { from: number; to: number } | undefined {
  const found = regularExpression(separator, { extended: true, global: true }).exec(buffer)
  // At the very end, more input could make it longer.
  if (!found || found[0] === '' || (!ended && found.index + found[0].length === buffer.length)) return undefined
  return { from: found.index, to: found.index + found[0].length }
}

function takeParagraph(reader: Reader): string | undefined {
  reader.buffer = reader.buffer.replace(/^\n+/, '')
  const end = /\n\n+/.exec(reader.buffer)
  if (end && (reader.ended || end.index + end[0].length < reader.buffer.length)) {
    const record = reader.buffer.slice(0, end.index)
    reader.buffer = reader.buffer.slice(end.index + end[0].length)
    return record
  }
  if (!reader.ended || reader.buffer === '') return undefined
  const rest = reader.buffer.replace(/\n+$/, '')
  reader.buffer = ''
  return rest
}

/** One more record: NR, and FNR for the main input. */
export function countRecord(awk: Awk, own: boolean): void {
  awk.globals.set('NR', toNumber(awk.globals.get('NR')) + 1)
  if (own) awk.globals.set('FNR', toNumber(awk.globals.get('FNR')) + 1)
}
