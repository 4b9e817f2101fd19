import type { Answer } from './answer.ts'
import type { Identities } from './identities.ts'
import { shapeDifferences } from './shape.ts'
import type { Json } from './transcript.ts'
import { valueDifferences } from './values.ts'
import { wordsOf } from './words.ts'

export const aspects = ['status', 'words', 'shape', 'type', 'values'] as const
export type Aspect = (typeof aspects)[number]

/** Nothing where the aspect does not apply, an empty list where the answers agree, else what parts them. */
export type Verdict = Readonly<Partial<Record<Aspect, readonly string[]>>>

export function compareAnswers(recorded: Answer, actual: Answer, ids: Identities): Verdict {
  const shape = compareShape(recorded, actual)
  const words = compareWords(recorded, actual)
  return {
    status: recorded.status === actual.status && recorded.open === actual.open ? [] : [describe(recorded, actual)],
    ...(words ? { words } : {}),
    ...(shape ? { shape } : {}),
    ...(recorded.type !== undefined || actual.type !== undefined ? { type: compareType(recorded, actual) } : {}),
    ...(shape && recorded.status < 400 && !recorded.lines ? { values: compareValues(recorded, actual, ids) } : {}),
  }
}

const describe = (recorded: Answer, actual: Answer) => {
  const say = ({ status, open }: Answer) => `${status || 'no answer'}${open ? ' (open)' : ''}`
  return `${say(recorded)} ≠ ${say(actual)}`
}

const mediaType = (type: string | undefined) => type?.toLowerCase().replace(/;\s+/g, ';')
const compareType = (recorded: Answer, actual: Answer) =>
  mediaType(recorded.type) === mediaType(actual.type) ? [] : [`${recorded.type} ≠ ${actual.type}`]

function compareWords(recorded: Answer, actual: Answer): readonly string[] | undefined {
  const [mine, theirs] = [wordsOf(recorded), wordsOf(actual)]
  if (!mine && !theirs) return undefined
  if (!mine && recorded.status < 400 && recorded.status === actual.status) return undefined
  return firstDifference(mine ?? [], theirs ?? [])
}

function firstDifference(mine: readonly string[], theirs: readonly string[]): string[] {
  const at = Array.from({ length: Math.max(mine.length, theirs.length) }).findIndex((_, i) => mine[i] !== theirs[i])
  if (at < 0) return []
  const say = (words: readonly string[]) => (at < words.length ? JSON.stringify(words[at]) : 'the end')
  return [
    `${mine.length > 1 || theirs.length > 1 ? `line ${at + 1} of ${mine.length}/${theirs.length}: ` : ''}${say(mine)} ≠ ${say(theirs)}`,
  ]
}

/** The JSON documents of an answer: its body, its lines as one list, the stat header and the members of an archive. */
function documentOf({ json, lines, pathStat, tar }: Answer): Json | undefined {
  if (pathStat !== undefined)
    return { stat: pathStat, members: (tar ?? []).map(({ text: _, ...member }) => ({ ...member })) }
  if (tar) return tar.length as Json
  return json ?? lines
}

function compareShape(recorded: Answer, actual: Answer): readonly string[] | undefined {
  const [mine, theirs] = [documentOf(recorded), documentOf(actual)]
  if (mine === undefined && theirs === undefined) return undefined
  if (recorded.status >= 400 && actual.status >= 400 && recorded.status !== actual.status) return undefined
  return shapeDifferences(mine, theirs)
}

const compareValues = (recorded: Answer, actual: Answer, ids: Identities) =>
  recorded.status !== actual.status
    ? ['another status']
    : isMeasurement(recorded)
      ? []
      : valueDifferences(documentOf(recorded), documentOf(actual), ids)

const isMeasurement = ({ json, lines }: Answer) =>
  /"(cpu_stats|memstats|LayersSize)"/.test(JSON.stringify(json ?? lines ?? null))
