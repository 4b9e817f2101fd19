import type { Answer } from './answer.ts'
import { normalise } from './normalise.ts'
import type { Json } from './transcript.ts'

/**
 * What an answer says in words, normalised: the message of an error, the text of a stream, the lines of a progress.
 * Nothing where it says nothing that could be compared (a JSON document, numbers of `stats`, an empty body).
 */
export function wordsOf(answer: Answer): readonly string[] | undefined {
  const { status, json, lines, text, frames } = answer
  if (status >= 400) return [normalise(messageOf(json) ?? text ?? '')]
  if (frames) return perStream(frames)
  if (lines) return wordsOfLines(lines)
  if (isObject(json) && isProgress(json)) return wordsOfLines([json])
  if (text !== undefined) return [normalise(text)]
  return undefined
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const messageOf = (json: Json | undefined) =>
  isObject(json) && typeof json.message === 'string'
    ? json.message
    : json === undefined
      ? undefined
      : JSON.stringify(json)

const isProgress = (json: { readonly [key: string]: Json }) =>
  typeof json.status === 'string' || 'stream' in json || 'errorDetail' in json || 'aux' in json

/** Two pipes are read by two threads: the order between them is chance, the order within each is not. */
const perStream = (frames: readonly (readonly [string, string])[]) =>
  [...new Set(frames.map(([stream]) => stream))]
    .sort()
    .map((name) =>
      normalise(`${name}: ${frames.flatMap(([stream, text]) => (stream === name ? [text] : [])).join('')}`),
    )

/** Steps that repeat with other numbers are one; lines of `stats` say nothing. */
function wordsOfLines(lines: readonly Json[]): readonly string[] | undefined {
  const said = lines.flatMap((line) => (isObject(line) ? [sayLine(line)] : [])).filter((line) => line !== '')
  return said.length === 0 ? undefined : said.filter((line, at) => line !== said[at - 1] || !/Loading|ing$/.test(line))
}

function sayLine(line: { readonly [key: string]: Json }): string {
  if (typeof line.Type === 'string') return sayEvent(line)
  const parts: string[] = []
  for (const key of ['id', 'status', 'stream', 'error'] as const)
    if (typeof line[key] === 'string' && !('cpu_stats' in line)) parts.push(normalise(line[key]))
  if (isObject(line.errorDetail)) parts.push(normalise(JSON.stringify(line.errorDetail)))
  if (isObject(line.aux)) parts.push(`aux ${Object.keys(line.aux).join(',')}`)
  return parts.join(' ')
}

function sayEvent(line: { readonly [key: string]: Json }): string {
  const actor = isObject(line.Actor) ? line.Actor : {}
  const attributes = isObject(actor.Attributes) ? actor.Attributes : {}
  const said = Object.keys(attributes)
    .sort()
    .filter((key) => key !== 'execDuration')
    .map((key) => `${key}=${normalise(String(attributes[key]))}`)
  return `${line.Type} ${normalise(String(line.Action))} ${said.join(' ')}`
}
