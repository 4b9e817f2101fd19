import { AwkProblem } from '../problem.ts'
import { fieldsOf, setFieldCount } from '../record/fields.ts'
import type { ArrayHandle, Value } from './code.ts'
import type { Awk } from './state.ts'
import { isArray, toNumber, toText } from './values.ts'

/** @param local The place in the function's frame, -1 for a global variable. */
export function load(awk: Awk, name: string, local: number): Value {
  if (local >= 0) return awk.calls.at(-1)!.locals[local]
  if (name === 'NF') return fieldsOf(awk).length
  return awk.globals.get(name)
}

export function store(awk: Awk, name: string, local: number, value: Value): void {
  if (local >= 0) awk.calls.at(-1)!.locals[local] = value
  else if (name === 'NF') setFieldCount(awk, toNumber(value))
  else {
    // The record that stands is split by the separator that it was read with.
    if (name === 'FS') fieldsOf(awk)
    awk.globals.set(name, value)
  }
}

/** A copy of a value: what never had one is empty text from now on. */
export const copied = (value: Value): Value => (value === undefined || isArray(value) ? '' : value)

/** The array of that name; it comes to be when it is first used. */
function arrayHandle(awk: Awk, name: string, local: number): ArrayHandle {
  const value = load(awk, name, local)
  if (isArray(value)) return value
  if (value !== undefined && value !== '') throw new AwkProblem('Not an array')
  const handle = { array: awk.nextArray++ }
  awk.arrays.set(handle.array, new Map())
  store(awk, name, local, handle)
  return handle
}

export const arrayOf = (awk: Awk, name: string, local: number): Map<string, Value> =>
  awk.arrays.get(arrayHandle(awk, name, local).array)!

/** A variable itself: one that had no value may become an array. */
export function reference(awk: Awk, name: string, local: number): Value {
  const value = load(awk, name, local)
  return value === undefined && name !== 'NF' ? arrayHandle(awk, name, local) : value
}

/** The text of a variable of awk's own. */
export const textOf = (awk: Awk, name: string): string => toText(awk.globals.get(name), '%.6g')
