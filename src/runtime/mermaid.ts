import type { Entry } from './journal.ts'

/** A sequence diagram, in Mermaid's notation, of what was asked and answered: clients of the tank, its engine, its registries. */
export function mermaid(entries: readonly Entry[]): string {
  const names = new Map<string, string>()
  const of = (name: string) => {
    if (!names.has(name)) names.set(name, `p${names.size}`)
    return names.get(name)!
  }
  const lines = entries.flatMap((entry) => linesOf(entry, of))
  const participants = [...names].map(([name, id]) => `participant ${id} as ${name}`)
  return ['sequenceDiagram', ...[...participants, ...lines].map((line) => `  ${line}`), ''].join('\n')
}

const CLIENT = 'client'

function linesOf(entry: Entry, of: (name: string) => string): string[] {
  switch (entry.kind) {
    case 'call':
      return [`${of(CLIENT)}->>${of(entry.to)}: ${asked(entry)}`]
    case 'answer':
      return [`${of(entry.to)}-->>${of(CLIENT)}: ${entry.status}`]
    case 'request': {
      const [from, to] = [of(entry.from), of(entry.to)]
      return [`${from}->>${to}: ${asked(entry)}`, `${to}-->>${from}: ${entry.status || 'nobody is there'}`]
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
