import type { Identities } from './identities.ts'
import { normalise } from './normalise.ts'
import type { Json } from './transcript.ts'

/** Members whose values are a matter of the run, the machine or the moment. */
const CHANCE =
  /(^|\.)(Pid|PID|Created|CreatedAt|StartedAt|FinishedAt|LastTagTime|Start|End|MacAddress|SystemTime|SandboxKey|NGoroutines|NFd|NEventsListener|Size|SizeRw|SizeRootFs|VirtualSize|SharedSize|LayersSize|SpaceReclaimed|KernelVersion|BuildTime|GoVersion|GitCommit|mtime|size|time|timeNano|execDuration|Name|Index|UpdatedAt|Timestamp|Status)$/

/** Paths at which two documents of one shape say different things. */
export function valueDifferences(recorded: Json | undefined, actual: Json | undefined, ids: Identities): string[] {
  const out: string[] = []
  compare(recorded, actual, '', ids, out)
  return out
}

function compare(
  recorded: Json | undefined,
  actual: Json | undefined,
  path: string,
  ids: Identities,
  out: string[],
): void {
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    if (actual.length === recorded.length) actual = paired(recorded, actual)
    if (recorded.length !== actual.length) out.push(`${path}: ${recorded.length} ≠ ${actual.length} items`)
    for (let at = 0; at < Math.min(recorded.length, actual.length); at++)
      compare(recorded[at], actual[at], `${path}[${at}]`, ids, out)
  } else if (isObject(recorded) && isObject(actual)) {
    for (const key of Object.keys(recorded))
      if (key in actual) compare(recorded[key], actual[key], `${path}.${key}`, ids, out)
  } else if (!same(recorded, actual, path)) out.push(`${path}: ${brief(recorded)} ≠ ${brief(actual)}`)
}

/** Lists that the daemon takes from a map have no order: their items are compared by what they are called. */
function paired(recorded: readonly Json[], actual: readonly Json[]): readonly Json[] {
  for (const key of ['Destination', 'Path', 'Name']) {
    const byName = new Map(
      actual.flatMap((item) => (isObject(item) && key in item ? [[item[key], item] as const] : [])),
    )
    const others = recorded.map((item) => (isObject(item) ? byName.get(item[key]!) : undefined))
    if (byName.size === actual.length && others.every((item) => item !== undefined)) return others
  }
  return actual
}

function same(recorded: Json | undefined, actual: Json | undefined, path: string): boolean {
  if (recorded === actual || typeof recorded !== typeof actual) return recorded === actual
  if (isReading(path, recorded) && isReading(path, actual)) return true
  if (CHANCE.test(path) && !given(path, recorded)) return true
  return typeof recorded === 'string' && normalise(recorded) === normalise(String(actual))
}

/** Pids, times and percentages in the table of processes. */
const isReading = (path: string, value: Json | undefined) =>
  path.startsWith('.Processes') && /^[\d:.?]+$/.test(String(value))

/** Names are compared where the request gave them; names of the daemon's own making are chance. */
const given = (path: string, value: Json | undefined) =>
  (path.endsWith('Name') && /^\/?api/.test(String(value))) || (path.endsWith('.State.Status') && value !== '')

const brief = (value: Json | undefined) => (JSON.stringify(value) ?? 'nothing').slice(0, 120)
const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
