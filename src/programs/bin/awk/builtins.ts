import { SECOND } from '../../../core/instant.ts'
import { formatTime } from '../../text/format-time.ts'
import { regularExpression } from '../../text/regular-expression.ts'
import type { Call } from '../call.ts'
import type { ArrayHandle, Value } from './code.ts'
import { close, runCommand } from './output.ts'
import { formatValues } from './printf.ts'
import { readField, splitText, textOf } from './record.ts'
import type { Awk } from './state.ts'
import { input, toNumber, toText } from './values.ts'

/** Results, the last one on top; undefined: the step ends with waiting, and the built-in is called again. */
export type Results = readonly Value[] | undefined

export function callBuiltin(call: Call<Awk>, name: string, args: readonly Value[]): Results {
  const awk = call.data
  const convfmt = textOf(awk, 'CONVFMT')
  const text = (index: number) => toText(args[index], convfmt)
  const number = (index: number) => toNumber(args[index])
  switch (name) {
    case 'length':
      return [lengthOf(awk, args, convfmt)]
    case 'substr':
      return [substring(text(0), number(1), args.length > 2 ? number(2) : undefined)]
    case 'index':
      return [text(0).indexOf(text(1)) + 1]
    case 'split':
      return [split(awk, text(0), args[1] as ArrayHandle, args.length > 2 ? text(2) : textOf(awk, 'FS'))]
    case 'sub':
    case 'gsub':
      return replace(awk, name === 'gsub', args, convfmt)
    case 'match':
      return [match(awk, text(0), text(1))]
    case 'sprintf':
      return [formatValues(text(0), args.slice(1), convfmt)]
    case 'toupper':
      return [text(0).toUpperCase()]
    case 'tolower':
      return [text(0).toLowerCase()]
    case 'system':
      return waited(runCommand(call, text(0)))
    case 'close':
      return waited(close(call, text(0)))
    case 'fflush':
      return [0]
    case 'systime':
      return [Math.floor(call.kernel.now / SECOND)]
    case 'strftime':
      return [formatTime(args.length > 0 ? text(0) : '%c', args.length > 1 ? number(1) * SECOND : call.kernel.now)]
    case 'srand':
      return [seed(awk, args.length > 0 ? number(0) : Math.floor(call.kernel.now / SECOND))]
    case 'rand':
      return [random(awk)]
    default:
      return [mathematics(name, number(0), number(1))]
  }
}

const waited = (status: number | undefined): Results => (status === undefined ? undefined : [status])

function lengthOf(awk: Awk, args: readonly Value[], convfmt: string): number {
  const [value] = args
  if (args.length === 0) return toText(readField(awk, 0), convfmt).length
  if (typeof value === 'object' && 'array' in value) return awk.arrays.get(value.array)?.size ?? 0
  return toText(value, convfmt).length
}

/** Places count from 1; one before the text is its beginning, as busybox has it. */
function substring(text: string, start: number, length: number | undefined): string {
  const from = Math.max(1, Math.round(start))
  const count = length === undefined ? Number.POSITIVE_INFINITY : Math.max(0, Math.round(length))
  return text.slice(from - 1, Math.min(text.length, from - 1 + count))
}

function split(awk: Awk, text: string, target: ArrayHandle, separator: string): number {
  const array = awk.arrays.get(target.array)!
  const parts = splitText(text, separator)
  array.clear()
  for (const [index, part] of parts.entries()) array.set(String(index + 1), input(part))
  return parts.length
}

function match(awk: Awk, text: string, source: string): number {
  const found = regularExpression(source, { extended: true }).exec(text)
  awk.globals.set('RSTART', found ? found.index + 1 : 0)
  awk.globals.set('RLENGTH', found ? found[0].length : -1)
  return found ? found.index + 1 : 0
}

/** With four arguments the third is the place that the text came from: it is given back below. */
function replace(awk: Awk, all: boolean, args: readonly Value[], convfmt: string): Results {
  const target = args.length < 3 ? readField(awk, 0) : args.at(-1)
  const { text, count } = substituted(toText(target, convfmt), toText(args[0], convfmt), toText(args[1], convfmt), all)
  const results: Value[] = [count > 0 ? text : target, count]
  return args.length > 3 ? [args[2], ...results] : results
}

function substituted(text: string, source: string, by: string, all: boolean): { text: string; count: number } {
  const pattern = regularExpression(source, { extended: true, global: true })
  let result = ''
  let from = 0
  let count = 0
  let lastEnd = -1
  for (let at = 0; at <= text.length; ) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) break
    const end = found.index + found[0].length
    at = Math.max(end, found.index + 1)
    if (found[0] === '' && found.index === lastEnd) continue
    lastEnd = end
    count++
    result +=
      text.slice(from, found.index) +
      by.replace(/\\\\&|\\&|&/g, (mark) => (mark === '&' ? found[0] : mark === '\\&' ? '&' : `\\${found[0]}`))
    from = end
    if (!all) break
  }
  return { text: result + text.slice(from), count }
}

function seed(awk: Awk, value: number): number {
  const old = awk.seed
  awk.seed = Math.trunc(value) >>> 0
  return old
}

function random(awk: Awk): number {
  awk.seed = (Math.imul(awk.seed, 1664525) + 1013904223) >>> 0
  return awk.seed / 2 ** 32
}

function mathematics(name: string, a: number, b: number): number {
  switch (name) {
    case 'sin':
      return Math.sin(a)
    case 'cos':
      return Math.cos(a)
    case 'atan2':
      return Math.atan2(a, b)
    case 'exp':
      return Math.exp(a)
    case 'log':
      return Math.log(a)
    case 'sqrt':
      return Math.sqrt(a)
    case 'int':
      return Math.trunc(a)
    case 'and':
      return Number(BigInt(Math.trunc(a)) & BigInt(Math.trunc(b)))
    case 'or':
      return Number(BigInt(Math.trunc(a)) | BigInt(Math.trunc(b)))
    case 'xor':
      return Number(BigInt(Math.trunc(a)) ^ BigInt(Math.trunc(b)))
    case 'lshift':
      return Number(BigInt.asUintN(64, BigInt(Math.trunc(a)) << BigInt(Math.trunc(b) & 63)))
    case 'rshift':
      return Number(BigInt.asUintN(64, BigInt(Math.trunc(a))) >> BigInt(Math.trunc(b) & 63))
    default:
      return Number(BigInt.asUintN(64, ~BigInt(Math.trunc(a))))
  }
}
