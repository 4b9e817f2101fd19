import type { Value } from '../machine/code.ts'
import type { Awk } from '../machine/state.ts'
import { input, toText } from '../machine/values.ts'
import { textOf } from '../machine/variables.ts'
import { splitText } from './split.ts'

/** How many fields a record may be given by assignment. */
const FIELD_LIMIT = 1_000_000

/** @param record A record that was read is `input`: it may compare as a number. */
export function setRecord(awk: Awk, record: Value): void {
  awk.record = record
  awk.fields = undefined
  awk.recordStale = false
}

/** The fields; the record is split when they are first asked for. */
export function fieldsOf(awk: Awk): Value[] {
  if (!awk.fields) {
    const text = toText(awk.record, textOf(awk, 'CONVFMT'))
    awk.fields = splitText(text, separatorOf(awk)).map(input)
  }
  return awk.fields
}

/** FS. Between paragraphs a newline separates too. */
function separatorOf(awk: Awk): string {
  const separator = textOf(awk, 'FS')
  if (textOf(awk, 'RS') !== '' || separator === ' ') return separator
  return `\n|${separator.length === 1 ? `[${separator}]` : separator}`
}

export function readField(awk: Awk, index: number): Value {
  if (index > 0) return fieldsOf(awk)[index - 1]
  if (awk.recordStale) {
    const convfmt = textOf(awk, 'CONVFMT')
    awk.record = fieldsOf(awk)
      .map((field) => toText(field, convfmt))
      .join(textOf(awk, 'OFS'))
    awk.recordStale = false
  }
  return awk.record
}

export function writeField(awk: Awk, index: number, value: Value): void {
  if (index === 0) return setRecord(awk, value)
  if (index > FIELD_LIMIT) return
  const fields = fieldsOf(awk)
  while (fields.length < index) fields.push('')
  fields[index - 1] = value
  awk.recordStale = true
}

export function setFieldCount(awk: Awk, count: number): void {
  const fields = fieldsOf(awk)
  const wanted = Math.max(0, Math.min(FIELD_LIMIT, Math.trunc(count) || 0))
  while (fields.length < wanted) fields.push('')
  fields.length = wanted
  awk.recordStale = true
}
