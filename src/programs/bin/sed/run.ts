import { decode } from '../../text/codec.ts'
import type { Call } from '../call.ts'
import type { Address, Command } from './script.ts'
import type { Sed } from './state.ts'
import { expression, substitute } from './substitute.ts'

/** Commands that one step of the machine does. */
const BUDGET = 64

/** Goes on with the script as far as the lines reach; true: it was only its turn that ended. */
export function runSed(call: Call<Sed>): boolean {
  const sed = call.data
  for (let budget = BUDGET; budget > 0; budget--) {
    if (sed.quitting) return false
    if (sed.at < 0) {
      if (!nextCycle(sed)) return false
    } else if (sed.at >= sed.commands.length) endCycle(call)
    else if (!step(call, sed.commands[sed.at]!)) return false
  }
  return true
}

/** Whether the next line is there, and it is known whether it is the last one. */
const canRead = ({ waiting, taken, inputEnded }: Sed) => waiting.length - taken > (inputEnded ? 0 : 1)
const isLast = ({ waiting, taken, inputEnded }: Sed) => inputEnded && waiting.length === taken

function readLine(sed: Sed): string {
  const { text, ended } = sed.waiting[sed.taken++]!
  // Shifting each one out would cost a move of all the others.
  if (sed.taken > 1024) sed.waiting = sed.waiting.slice(sed.taken)
  if (sed.taken > 1024) sed.taken = 0
  sed.line++
  sed.ended = ended
  return text
}

function nextCycle(sed: Sed): boolean {
  if (sed.keep) sed.keep = false
  else {
    if (!canRead(sed)) return false
    sed.space = readLine(sed)
  }
  sed.at = 0
  sed.substituted = false
  return true
}

/** Output: to the file that is edited, or on. A line that had no newline gets one when more follows. */
function emit(call: Call<Sed>, text: string, ended = true): void {
  const sed = call.data
  const whole = `${sed.openEnd ? '\n' : ''}${text}${ended ? '\n' : ''}`
  sed.openEnd = !ended
  if (sed.edited === undefined) call.out(whole)
  else sed.edited += whole
}

function endCycle(call: Call<Sed>): void {
  const sed = call.data
  if (!call.has('n')) emit(call, sed.space, sed.ended || !isLast(sed))
  appendices(call)
  sed.at = -1
}

function appendices(call: Call<Sed>): void {
  for (const text of call.data.after.splice(0)) emit(call, text.replace(/\n$/, ''), text.endsWith('\n'))
}

function matchesAddress(sed: Sed, address: Address): boolean {
  switch (address.type) {
    case 'line':
      return sed.line === address.line
    case 'last':
      return isLast(sed)
    case 'match':
      return expression(sed, address.source, address.ignoreCase).test(sed.space)
    case 'step':
      return address.step === 0
        ? sed.line === address.first
        : sed.line >= address.first && (sed.line - address.first) % address.step === 0
    default:
      return false
  }
}

/** The last line of a range that begins here; 0: what ends it is looked for on the lines that follow. */
function rangeEnd(sed: Sed, to: Address): number {
  if (to.type === 'line') return Math.max(sed.line, to.line)
  if (to.type === 'more') return sed.line + to.lines
  if (to.type === 'multiple') return to.of === 0 ? sed.line : Math.ceil(sed.line / to.of) * to.of
  return to.type === 'last' ? Number.POSITIVE_INFINITY : 0
}

function applies(sed: Sed, { from, to, negated }: Command): boolean {
  if (!from) return !negated
  if (!to) return matchesAddress(sed, from) !== negated
  const end = sed.within.get(sed.at)
  if (end !== undefined) {
    const over = end === 0 ? matchesAddress(sed, to) : sed.line >= end
    if (over) sed.within.delete(sed.at)
    // The line that ends a range may be passed already.
    return (end === 0 || sed.line <= end) !== negated
  }
  const zero = from.type === 'line' && from.line === 0 && sed.line === 1
  if (!zero && !matchesAddress(sed, from)) return negated
  const until = rangeEnd(sed, to)
  if (zero ? !matchesAddress(sed, to) : until === 0 || until > sed.line) sed.within.set(sed.at, until)
  return !negated
}

/** One command; false: it waits for the next line. */
function step(call: Call<Sed>, command: Command): boolean {
  const sed = call.data
  if ((command.name === 'n' || command.name === 'N') && !canRead(sed) && !isLast(sed)) return false
  if (!applies(sed, command)) {
    sed.at = command.name === '{' ? command.target : sed.at + 1
    return true
  }
  const place = sed.at++
  ACTIONS[command.name]?.(call, command, place)
  return true
}

type Action = (call: Call<Sed>, command: Command, place: number) => void

const onSpace =
  (change: (sed: Sed) => void): Action =>
  (call) =>
    change(call.data)

/** `t` and `T`: whether something was replaced since the last line or jump. */
function jumpIf({ data: sed }: Call<Sed>, { name, target }: Command): void {
  if (sed.substituted === (name === 't')) sed.at = target
  sed.substituted = false
}

/** A range is replaced as a whole, at its end. */
function change(call: Call<Sed>, command: Command, place: number): void {
  if (!command.to || command.negated || !call.data.within.has(place)) emit(call, command.text.replace(/\n$/, ''))
  drop(call)
}

function transliterate({ data: sed }: Call<Sed>, { text }: Command): void {
  const pairs = new Map([...text.matchAll(/([\s\S])([\s\S])/g)].map(([, from, to]) => [from!, to!]))
  sed.space = [...sed.space].map((char) => pairs.get(char) ?? char).join('')
}

const ACTIONS: Readonly<Record<string, Action>> = {
  '=': (call) => emit(call, String(call.data.line)),
  a: ({ data: sed }, { text }) => void sed.after.push(text),
  i: (call, { text }) => emit(call, text.replace(/\n$/, '')),
  c: change,
  b: ({ data: sed }, { target }) => {
    sed.at = target
  },
  t: jumpIf,
  T: jumpIf,
  d: drop,
  D: dropFirst,
  g: onSpace((sed) => {
    sed.space = sed.hold
  }),
  G: onSpace((sed) => {
    sed.space += `\n${sed.hold}`
  }),
  h: onSpace((sed) => {
    sed.hold = sed.space
  }),
  H: onSpace((sed) => {
    sed.hold += `\n${sed.space}`
  }),
  x: onSpace((sed) => {
    ;[sed.space, sed.hold] = [sed.hold, sed.space]
  }),
  l: (call) => emit(call, visible(call.data.space)),
  n: (call) => next(call, false),
  N: (call) => next(call, true),
  p: (call) => emit(call, call.data.space),
  P: (call) => emit(call, call.data.space.split('\n', 1)[0]!),
  q: quit,
  Q: quit,
  r: (call, { text }) => insertFile(call, text),
  s: replaceIn,
  w: (call, { text }) => write(call, text),
  y: transliterate,
  F: (call) => emit(call, call.data.file),
}

function drop(call: Call<Sed>): void {
  appendices(call)
  call.data.at = -1
}

function dropFirst(call: Call<Sed>): void {
  const sed = call.data
  const newline = sed.space.indexOf('\n')
  if (newline < 0) return drop(call)
  sed.space = sed.space.slice(newline + 1)
  sed.keep = true
  drop(call)
}

function next(call: Call<Sed>, append: boolean): void {
  const sed = call.data
  if (isLast(sed)) {
    // Nothing follows: what there is goes out, and that was all.
    if (!call.has('n')) emit(call, sed.space, sed.ended)
    appendices(call)
    sed.at = -1
    sed.quitting = true
    return
  }
  if (append) {
    appendices(call)
    sed.space += `\n${readLine(sed)}`
    return
  }
  if (!call.has('n')) emit(call, sed.space)
  appendices(call)
  sed.space = readLine(sed)
}

function quit(call: Call<Sed>, { name, code }: Command): void {
  const sed = call.data
  if (name === 'q') endCycle(call)
  call.frame.code = code
  sed.quitting = true
}

function insertFile(call: Call<Sed>, path: string): void {
  try {
    call.data.after.push(decode(call.files.readFile(call.caller, path, call.here)))
  } catch {
    // As if it were empty.
  }
}

function replaceIn(call: Call<Sed>, { substitution }: Command): void {
  const sed = call.data
  if (!substitution || !substitute(sed, substitution)) return
  sed.substituted = true
  if (substitution.print) emit(call, sed.space)
  if (substitution.file !== undefined) write(call, substitution.file)
}

function write(call: Call<Sed>, path: string): void {
  const sed = call.data
  if (path === '/dev/stdout') return emit(call, sed.space)
  const content = `${sed.written.get(path) ?? ''}${sed.space}\n`
  sed.written.set(path, content)
  call.attempt(() => call.files.writeFile(call.caller, path, content, 0o666, call.here))
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

/** `l` */
const visible = (text: string): string =>
  `${[...text].map((char) => ESCAPES[char] ?? (char < ' ' || char > '~' ? `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}` : char)).join('')}$`
