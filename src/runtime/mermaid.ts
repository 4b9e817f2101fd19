import type { Entry } from './journal.ts'

/** A sequence diagram, in Mermaid's notation, of what was asked and answered: clients of the tank, its engine, its registries. */
export function mermaid(entries: readonly Entry[]): string {
  const names = new Map<string, string>()
  const of = (name: string) => {
    if (!names.has(name)) names.set(name, `p${names.size}`)
    return names.get(name)!
  }
  const lines = nested(entries).flatMap(({ entry, inner }) => linesOf(entry, inner, of))
  const participants = [...names].map(([name, id]) => `participant ${id} as ${name}`)
  return ['sequenceDiagram', ...[...participants, ...lines].map((line) => `  ${line}`), ''].join('\n')
}

const CLIENT = 'client'

type Asked = Extract<Entry, { kind: 'request' }>

interface Nested {
  readonly entry: Entry
  /** What whoever answers asked others meanwhile. */
  readonly inner: readonly Asked[]
}

/** What a registry of v1 asks its Index was written down before the request that it answers: here it stands within it. */
function nested(entries: readonly Entry[]): Nested[] {
  let inner: Asked[] = []
  return entries.flatMap((entry): Nested[] => {
    if (entry.kind === 'request' && entry.from === 'hub') {
      inner.push(entry)
      return []
    }
    if (entry.kind !== 'request' && entry.kind !== 'answer') return [{ entry, inner: [] }]
    const own = inner
    inner = []
    return [{ entry, inner: own }]
  })
}

function linesOf(entry: Entry, inner: readonly Asked[], of: (name: string) => string): string[] {
  const within = (by: string) => inner.flatMap((one) => linesOf({ ...one, from: by }, [], of))
  switch (entry.kind) {
    case 'call':
      return [`${of(CLIENT)}->>${of(entry.to)}: ${asked(entry)}`]
    case 'answer':
      return [...within(entry.to), `${of(entry.to)}-->>${of(CLIENT)}: ${entry.status}`]
    case 'request': {
      const [from, to] = [of(entry.from), of(entry.to)]
      const answer = `${to}-->>${from}: ${entry.status || 'nobody is there'}`
      return [`${from}->>${to}: ${asked(entry)}`, ...within(entry.to), answer]
    }
    default:
      return []
  }
}

/** A digest or an upload by its beginning; what Mermaid would take for its own is written as it wants it. */
const asked = ({ method, target }: { readonly method: string; readonly target: string }): string =>
  `${method} ${readable(target)}`
    .replace(/([0-9a-f]{12})[0-9a-f]{52}/g, '$1…')
    .replace(/([0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '$1…')
    .replace(/[#;]/g, (sign) => `#${sign.charCodeAt(0)};`)

function readable(target: string): string {
  try {
    return decodeURIComponent(target).replace(/\s/g, ' ')
  } catch {
    return target
  }
}
