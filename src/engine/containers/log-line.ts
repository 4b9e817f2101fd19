import { rfc3339Fixed } from '../../core/rfc3339.ts'
import { utf8 } from '../../http/json-lines.ts'
import type { Container } from './container.ts'
import type { LogEntry } from './log-entry.ts'

export interface LogForm {
  readonly timestamps: boolean
  /** What `details` puts before the line, without its space. */
  readonly details: string | undefined
}

/** The bytes of an entry as `logs` shows them. moby: httputils.WriteLogStream */
export function logLine(entry: LogEntry, { timestamps, details }: LogForm): Uint8Array {
  const head = `${timestamps ? `${rfc3339Fixed(entry.at)} ` : ''}${details === undefined ? '' : `${details} `}`
  if (head === '') return entry.bytes
  const prefix = utf8(head)
  const out = new Uint8Array(prefix.length + entry.bytes.length)
  out.set(prefix)
  out.set(entry.bytes, prefix.length)
  return out
}

/** `env=A,labels=k,tag=mytag` of the log driver become `A=1,k=v,tag=mytag`. moby: loggerutils and Info.ExtraAttributes */
export function logDetails(container: Container): string {
  const options = container.hostConfig.logConfig.config ?? {}
  const { labels } = container.config
  const attributes = new Map<string, string>()
  const chosen = (
    names: string | undefined,
    pattern: string | undefined,
    from: Iterable<readonly [string, string]>,
  ) => {
    const wanted = new Set(names?.split(',') ?? [])
    const matches = pattern ? safePattern(pattern) : undefined
    for (const [name, value] of from) if (wanted.has(name) || matches?.test(name)) attributes.set(name, value)
  }
  chosen(options.labels, options['labels-regex'], Object.entries(labels ?? {}))
  chosen(options.env, options['env-regex'], (container.config.env ?? []).map(splitVariable))
  if (options.tag) attributes.set('tag', fillTag(options.tag, container))
  return [...attributes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${queryEscape(name)}=${queryEscape(value)}`)
    .join(',')
}

function splitVariable(variable: string): [string, string] {
  const equals = variable.indexOf('=')
  return equals < 0 ? [variable, ''] : [variable.slice(0, equals), variable.slice(equals + 1)]
}

function safePattern(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern)
  } catch {
    return undefined
  }
}

/** The Go template of a tag, as far as people use it. */
function fillTag(tag: string, { id, name, config, image }: Container): string {
  const fields: Readonly<Record<string, string>> = {
    ID: id.slice(0, 12),
    FullID: id,
    Name: name,
    ImageName: config.image,
    ImageID: image.replace('sha256:', '').slice(0, 12),
    ImageFullID: image,
    DaemonName: 'docker',
  }
  return tag.replace(/\{\{\s*\.(\w+)\s*\}\}/g, (whole, field: string) => fields[field] ?? whole)
}

/** Go's url.QueryEscape. */
function queryEscape(text: string): string {
  return encodeURIComponent(text)
    .replace(/%20/g, '+')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
