import { mkdirSync, writeFileSync } from 'node:fs'
import type { Answer } from './answer.ts'
import { type Aspect, aspects } from './compare.ts'
import { normalise } from './normalise.ts'
import type { Replayed } from './replay.ts'

export interface Score {
  readonly agree: number
  readonly of: number
}
export type Scores = Readonly<Record<Aspect, Score>>

export const scoreOf = (results: readonly Replayed[]): Scores =>
  Object.fromEntries(
    aspects.map((aspect) => {
      const judged = results.filter(({ verdict }) => verdict[aspect] !== undefined)
      return [
        aspect,
        { agree: judged.filter(({ verdict }) => verdict[aspect]!.length === 0).length, of: judged.length },
      ]
    }),
  ) as Scores

const percent = ({ agree, of }: Score) => (of === 0 ? '      –' : `${((100 * agree) / of).toFixed(1).padStart(5)} %`)

/** One line of the table: `group  n  status  words  shape  type  values`. */
export const row = (group: string, n: number, scores: Scores): string =>
  [group.padEnd(16), String(n).padStart(4), ...aspects.map((aspect) => percent(scores[aspect]).padStart(9))].join(' ')

export const heading = ['group'.padEnd(16), '   n', ...aspects.map((aspect) => aspect.padStart(9))].join(' ')

/** The disagreements of a group, most frequent cause first, for those who work through them. */
export function writeReport(directory: string, group: string, results: readonly Replayed[]): void {
  mkdirSync(directory, { recursive: true })
  const table = `\`\`\`\n${heading}\n${row(group, results.length, scoreOf(results))}\n\`\`\``
  const parts = [`# ${group}`, table, ...sections(results), ...results.filter(disagrees).map(whole)]
  writeFileSync(`${directory}/${group}.md`, parts.join('\n\n'))
}

/** Differences that stand at the same exchanges are told together. */
function sections(results: readonly Replayed[]): readonly string[] {
  const byCause = grouped(results.flatMap((result) => causesOf(result).map((cause) => [cause, result] as const)))
  const where = (some: readonly Replayed[]) => some.map(({ exchange }) => exchange.n).join()
  const together = grouped([...byCause].map(([cause, some]) => [where(some), { cause, some }] as const))
  return [...together.values()]
    .sort(([a], [b]) => b!.some.length - a!.some.length)
    .map((causes) => {
      const { some } = causes[0]!
      const differences = causes.map(({ cause }) => `- ${cause}`).join('\n')
      return `## ${some.length} ×\n${differences}\n\n${some.map(({ exchange }) => `${exchange.n} ${exchange.key}`).join('; ')}`
    })
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): ReadonlyMap<string, readonly T[]> {
  const out = new Map<string, T[]>()
  for (const [key, value] of pairs) {
    const list = out.get(key)
    if (list) list.push(value)
    else out.set(key, [value])
  }
  return out
}

const disagrees = ({ verdict }: Replayed) => aspects.some((aspect) => (verdict[aspect]?.length ?? 0) > 0)

/** The same difference at the same kind of endpoint has the same cause, more often than not; after another status all else follows. */
function causesOf({ exchange, verdict }: Replayed): readonly string[] {
  const endpoint = `${exchange.request.method} ${endpointOf(exchange.request.path)}`
  const say = (aspect: Aspect) =>
    (verdict[aspect] ?? []).map((it) => normalise(`${aspect}: ${endpoint}: ${it.replace(/\[\d+\]/g, '[]')}`))
  return verdict.status?.length ? [...say('status'), ...say('words')] : aspects.flatMap(say)
}

const endpointOf = (path: string) =>
  path
    .replace(/\?.*/, '')
    .replace(/^\/v[0-9.]+/, '')
    .replace(
      /^\/(containers|exec|images|networks|volumes)\/(?!json$|create$|prune$|search$|get$|load$)(.+?)(\/[a-z]+)?$/,
      '/$1/{id}$3',
    )

function whole({ exchange, recorded, actual, verdict }: Replayed): string {
  const { method, path, headers, body } = exchange.request
  const differences = aspects.flatMap((aspect) =>
    (verdict[aspect] ?? []).map((difference) => `- ${aspect}: ${difference}`),
  )
  const sent = body ? `\n\nbody: \`${JSON.stringify(body).slice(0, 600)}\`` : ''
  return [
    `### ${exchange.n} ${exchange.key}\n\n\`${method} ${path}\` ${JSON.stringify(headers)}${sent}`,
    differences.join('\n'),
    `recorded:\n\`\`\`\n${show(recorded)}\n\`\`\``,
    `actual:\n\`\`\`\n${show(actual)}\n\`\`\``,
  ].join('\n\n')
}

const show = ({ text, ...rest }: Answer) =>
  JSON.stringify(rest.lines || rest.json !== undefined ? rest : { ...rest, text }).slice(0, 4000)
