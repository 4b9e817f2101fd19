import type { Kernel } from './kernel/kernel.ts'
import type { Process } from './kernel/process.ts'
import { SIGNALS, signalName, signalNumber } from './kernel/signals.ts'
import { parseInteger } from './text/numbers.ts'

/** What kill(1) says on standard output and of its failures. */
export interface Killed {
  readonly lines: readonly string[]
  readonly complaints: readonly string[]
}

/** Whatever kill(1) is given, without its name. */
export function killAll(kernel: Kernel, process: Process, args: readonly string[]): Killed {
  const [first, ...rest] = args
  if (first === '-l') return list(rest)
  if (first === undefined) return complaint('you need to specify whom to kill')
  if (!/^-./.test(first) || first === '--') return send(kernel, process, SIGNALS.TERM, first === '--' ? rest : args)
  const named = first === '-s' && rest.length > 0
  const name = named ? rest[0]! : first.slice(1)
  const signal = numberOf(name)
  if (signal === undefined) return complaint(`bad signal name '${name}'`)
  const targets = named ? rest.slice(1) : rest
  return send(kernel, process, signal, targets[0] === '--' ? targets.slice(1) : targets)
}

const complaint = (words: string): Killed => ({ lines: [], complaints: [words] })

function numberOf(name: string): number | undefined {
  if (/^\d+$/.test(name)) return Number(name) < 65 ? Number(name) : undefined
  return name.toUpperCase() === 'EXIT' ? 0 : signalNumber(name)
}

function list(names: readonly string[]): Killed {
  if (names.length === 0)
    return { lines: Object.entries(SIGNALS).map(([name, number]) => row(name, number)), complaints: [] }
  const lines: string[] = []
  const complaints: string[] = []
  for (const name of names) {
    if (/^\d+$/.test(name)) {
      const number = Number(name) > 128 ? Number(name) - 128 : Number(name)
      lines.push(number === 0 ? 'EXIT' : number > 255 ? String(number & 127) : (shownName(number) ?? String(number)))
    } else {
      const number = numberOf(name)
      if (number === undefined) complaints.push(`unknown signal '${name}'`)
      else lines.push(String(number))
    }
  }
  return { lines, complaints }
}

const shownName = (number: number) => (number === SIGNALS.IO ? 'POLL' : signalName(number))
const row = (name: string, number: number) => `${String(number).padStart(2)}) ${name === 'IO' ? 'POLL' : name}`

function send(kernel: Kernel, process: Process, signal: number, targets: readonly string[]): Killed {
  const complaints: string[] = []
  if (targets.length === 0) complaints.push('you need to specify whom to kill')
  for (const target of targets) {
    const pid = /^-?\d+$/.test(target) ? Number(parseInteger(target) ?? target) : undefined
    if (pid === undefined) complaints.push(`invalid number '${target}'`)
    else {
      const words = sendTo(kernel, process, signal, pid)
      if (words) complaints.push(`can't kill pid ${target}: ${words}`)
    }
  }
  return { lines: [], complaints }
}

/** kill(2); words of the error, if it fails. */
function sendTo(kernel: Kernel, process: Process, signal: number, pid: number): string | undefined {
  const all = [...kernel.processes.values()]
  const group = pid === 0 ? process.pgid : pid < -1 ? -pid : undefined
  const targets = all.filter((other) =>
    pid === -1 ? other.pid !== 1 && other !== process : group === undefined ? other.pid === pid : other.pgid === group,
  )
  // Nobody waited for it so far: it can still be signalled, to no effect.
  if (targets.length === 0) return process.zombies.some((zombie) => zombie.pid === pid) ? undefined : 'No such process'
  const allowed = targets.filter((other) => process.uid === 0 || other.uid === process.uid)
  if (allowed.length === 0) return 'Operation not permitted'
  for (const other of allowed) if (signal > 0) kernel.signal(other, signal)
  return undefined
}
