import { escapePattern } from '../lower/literal.ts'

export interface Field {
  value: string
  /** The value with its quoted characters escaped. */
  pattern: string
}

/** Collects what words expand to. */
export interface Collector {
  readonly fields: Field[]
  current: Field | undefined
  /** White space of IFS ended a field: one more separator may follow that ends nothing. */
  separated: boolean
  /** False: everything stays one field. */
  readonly split: boolean
  readonly ifs: string
}

export const collector = (split: boolean, ifs: string): Collector => ({
  fields: [],
  current: undefined,
  separated: false,
  split,
  ifs,
})

export function addText(to: Collector, value: string, pattern: string): void {
  if (value === '') return
  const field = open(to)
  field.value += value
  field.pattern += pattern
}

/** Quoted text makes a field even when it is empty. */
export function addQuoted(to: Collector, value: string): void {
  const field = open(to)
  field.value += value
  field.pattern += escapePattern(value)
}

export function open(to: Collector): Field {
  to.separated = false
  to.current ??= { value: '', pattern: '' }
  return to.current
}

export function breakField(to: Collector): void {
  if (to.current) to.fields.push(to.current)
  to.current = undefined
  to.separated = false
}

/** The unquoted result of an expansion: split at the characters of IFS. */
export function addSplit(to: Collector, value: string): void {
  if (!to.split || to.ifs === '') return addText(to, value, escapeBackslashes(value))
  let start = 0
  for (let at = 0; at < value.length; at++) {
    const char = value[at]!
    if (!to.ifs.includes(char)) continue
    if (at > start) addText(to, value.slice(start, at), escapeBackslashes(value.slice(start, at)))
    separate(to, char)
    start = at + 1
  }
  if (start < value.length) addText(to, value.slice(start), escapeBackslashes(value.slice(start)))
}

/** A backslash that comes out of a variable quotes in patterns as well; one at the end stands for itself. */
function escapeBackslashes(value: string): string {
  return value.endsWith('\\') && !value.endsWith('\\\\') ? `${value}\\` : value
}

function separate(to: Collector, char: string): void {
  if (char === ' ' || char === '\t' || char === '\n') {
    if (!to.current) return
    breakField(to)
    to.separated = true
    return
  }
  if (to.current || !to.separated) open(to)
  breakField(to)
}
