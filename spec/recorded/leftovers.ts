import type { Answer } from './answer.ts'
import type { Json, Transcript } from './transcript.ts'

/** Groups were recorded one after the other on one daemon: `/events` tells of the end of the group before, too. */
export function withoutLeftovers(answer: Answer, since: number): Answer {
  const { lines, json } = answer
  // The cache of the one BuildKit build of the group `build`.
  if (isDiskUsage(json) && json.BuildCache) return { ...answer, json: { ...json, BuildCache: [] } }
  if (!lines || since === 0) return answer
  const own = lines.filter((line) => timeOf(line) >= since)
  return { ...answer, lines: own, text: own.map((line) => JSON.stringify(line)).join('\n') }
}

/** When the first thing of the group itself happened: it makes a volume of this name. Zero where it does not matter. */
export function firstOwnEvent({ group, exchanges }: Transcript): number {
  const live = group === 'events' ? exchanges.find(({ key }) => key === 'events live') : undefined
  const lines = live?.response.text?.split('\n').filter((line) => line.includes('"api-evv"')) ?? []
  return lines.length === 0 ? 0 : timeOf(JSON.parse(lines[0]!) as Json)
}

const timeOf = (line: Json) => Number((line as { readonly timeNano?: number }).timeNano ?? Number.POSITIVE_INFINITY)

const isDiskUsage = (json: Json | undefined): json is { readonly [key: string]: Json } =>
  typeof json === 'object' && json !== null && 'LayersSize' in json
