import { Problem } from '../../core/problem.ts'
import { Sequence } from '../../core/sequence.ts'
import type { HostConfig } from './config.ts'
import type { LogEntry } from './log-entry.ts'

/** One file of the log: how many entries it has, and their bytes. */
interface LogFile {
  readonly entries: number
  readonly bytes: number
}

/** What is still there of what a container has written. */
export interface Log {
  readonly entries: Sequence<LogEntry>
  /** Entries that went with older files. */
  readonly dropped: number
  /** Oldest first; the last one is written to. */
  readonly files: readonly LogFile[]
}

export const emptyLog: Log = { entries: Sequence.empty, dropped: 0, files: [{ entries: 0, bytes: 0 }] }

/** `10m`: bytes, a thousand to the next unit. moby: units.FromHumanSize */
function humanSize(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmgtp]?)(?:i?b)?$/i.exec(text) ?? []
  return digits === undefined
    ? undefined
    : Math.trunc(Number(digits) * 1000 ** ' kmgtp'.indexOf(unit.toLowerCase() || ' '))
}

/** Refuses a start whose log cannot be kept as it shall be. */
export function verifyLog({ type, config }: HostConfig['logConfig']): void {
  if (type !== 'json-file' && type !== 'local') return
  const failed = (words: string) => new Problem('System', `failed to initialize logging driver: ${words}`)
  const size = config?.['max-size']
  if (size !== undefined && humanSize(size) === undefined) throw failed(`invalid size: '${size}'`)
  const files = config?.['max-file']
  if (files === undefined) return
  if (!/^[+-]?\d+$/.test(files)) throw failed(`strconv.Atoi: parsing ${JSON.stringify(files)}: invalid syntax`)
  if (Number(files) < 1) throw failed('max-file cannot be less than 1')
}

interface Limits {
  /** Bytes of a file. */
  readonly size: number
  readonly files: number
}

/** Without `max-size` a file of the daemon grows as the disk allows; here the disk is memory, so it ends somewhere too. */
const ENDLESS: Limits = { size: 16 * 1024 ** 2, files: 4 }

/** moby: daemon/logger/jsonfilelog New, daemon/logger/local */
function limitsOf({ type, config }: HostConfig['logConfig']): Limits {
  const given = config?.['max-size']
  const size = given === undefined ? undefined : humanSize(given)
  const files = Number(config?.['max-file'] ?? (type === 'local' ? 5 : 1))
  if (size !== undefined && size > 0) return { size, files: Math.max(1, files) }
  return type === 'local' ? { size: 20_000_000, files } : ENDLESS
}

/** What a line of json-file has around the text. */
const WRAPPING = 74

/** With new entries at the end; whole files go at the beginning. */
export function appended(log: Log, entries: readonly LogEntry[], config: HostConfig['logConfig']): Log {
  const limits = limitsOf(config)
  const files = [...log.files]
  for (const { bytes } of entries) {
    if (files.at(-1)!.bytes >= limits.size) files.push({ entries: 0, bytes: 0 })
    const open = files.pop()!
    files.push({ entries: open.entries + 1, bytes: open.bytes + bytes.length + WRAPPING })
  }
  const gone = files.splice(0, Math.max(0, files.length - limits.files))
  const lost = gone.reduce((sum, file) => sum + file.entries, 0)
  const all = log.entries.append(...entries)
  const kept = lost === 0 ? all : (Sequence.empty as Sequence<LogEntry>).append(...all.slice(lost))
  return { entries: kept, dropped: log.dropped + lost, files }
}

/** Entries from the `from`th that was ever written on, and how many were written in all. */
export function readFrom(log: Log | undefined, from: number): { readonly entries: LogEntry[]; readonly next: number } {
  if (!log) return { entries: [], next: from }
  const next = log.dropped + log.entries.length
  return { entries: log.entries.slice(Math.max(0, from - log.dropped)), next }
}
