import { decode } from '../text/codec.ts'
import type { Call } from './call.ts'
import { startChild } from './exec.ts'
import { filter } from './filter.ts'

interface Xargs {
  text: string
  items: string[] | undefined
  running: number[]
  ran: boolean
  code: number
}

/** Words as xargs reads them: blanks separate, quotes and backslashes protect. Undefined: a quote is open. */
function words(text: string): string[] | undefined {
  const list: string[] = []
  let current: string | undefined
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (char === '"' || char === "'") {
      const end = text.indexOf(char, at + 1)
      if (end < 0) return undefined
      current = (current ?? '') + text.slice(at + 1, end)
      at = end
    } else if (char === '\\') current = (current ?? '') + (text[++at] ?? '')
    else if (/\s/.test(char)) {
      if (current !== undefined) list.push(current)
      current = undefined
    } else current = (current ?? '') + char
  }
  return current === undefined ? list : [...list, current]
}

function itemsOf(call: Call<Xargs>): string[] | undefined {
  const { text } = call.data
  if (call.has('0')) return text.split('\0').filter((item, at, all) => item !== '' || at < all.length - 1)
  if (call.has('I') || call.has('i'))
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const all = words(text)
  const end = call.value('E') ?? call.value('e')
  const stop = end === undefined ? -1 : (all?.indexOf(end) ?? -1)
  return stop < 0 ? all : all?.slice(0, stop)
}

/** Longer command lines are split. */
const LINE_LIMIT = 32 * 1024

/** The next command line; takes the items that it uses. */
function nextLine(call: Call<Xargs>, items: string[]): string[] {
  const command = call.operands.length > 0 ? [...call.operands] : ['echo']
  const mark = call.value('I') ?? call.value('i') ?? '{}'
  if (call.has('I') || call.has('i')) {
    const item = items.shift() ?? ''
    return command.map((word) => word.replaceAll(mark, item))
  }
  const most = Number(call.value('n') ?? call.value('L') ?? Number.POSITIVE_INFINITY)
  const room = Number(call.value('s') ?? LINE_LIMIT)
  let size = command.join(' ').length + 1
  const line = [...command]
  while (items.length > 0 && line.length - command.length < most) {
    size += items[0]!.length + 1
    if (size > room && line.length > command.length) break
    line.push(items.shift()!)
  }
  return line
}

/** Reaps what ended; false: as many run as may. */
function reap(call: Call<Xargs>, most: number): boolean {
  const { data, kernel, process } = call
  data.running = data.running.filter((pid) => {
    const zombie = kernel.reap(process, pid)
    if (!zombie) return true
    note(call, zombie.status, zombie.signal)
    return false
  })
  return data.running.length < most
}

function note(call: Call<Xargs>, status: number, signal: number): void {
  const { data } = call
  if (status === 0) return
  data.code = signal > 0 ? 125 : status === 255 ? 124 : 123
  if (status === 255 && signal === 0) {
    call.kernel.puts(call.process, 2, `xargs: ${call.operands[0] ?? 'echo'}: exited with status 255; aborting\n`)
    data.items = []
  }
}

export const xargs = filter<Xargs>({
  name: 'xargs',
  short: '0rtpxI:i::n:L:s:P:E:e::a:',
  long: { null: '0', 'no-run-if-empty': 'r', 'max-args:': 'n', 'replace:': 'I', 'max-procs:': 'P', verbose: 't' },
  mixed: false,
  usage: 'xargs [OPTIONS] [PROG ARGS]',
  data: () => ({ text: '', items: undefined, running: [], ran: false, code: 0 }),
  inputs: (call) => [call.value('a') ?? '-'],
  chunk: (call, bytes) => {
    call.data.text += decode(bytes)
  },
  end(call) {
    const { data } = call
    if (!data.items) {
      const items = itemsOf(call)
      if (!items) {
        call.fail(`unmatched ${/^[^']*"/.test(data.text) ? 'double' : 'single'} quote`)
        return 1
      }
      data.items = items
    }
    return run(call, data.items)
  },
})

function run(call: Call<Xargs>, items: string[]): number | undefined {
  const { data, kernel, process } = call
  const most = Math.max(1, Number(call.value('P') ?? 1))
  for (;;) {
    const free = reap(call, most)
    const replaces = call.has('I') || call.has('i')
    const more = items.length > 0 || (!data.ran && !call.has('r') && !replaces)
    if (!more && data.running.length === 0) return data.code
    if (!more || !free) {
      call.pause({ type: 'child', pid: -1 })
      return undefined
    }
    const line = nextLine(call, items)
    data.ran = true
    if (call.has('t')) kernel.puts(process, 2, `${line.join(' ')}\n`)
    const pid = startChild(call, line, (name, why) => `${name}: ${why}`)
    if (pid === undefined) return call.frame.code
    data.running.push(pid)
  }
}
