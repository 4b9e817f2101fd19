import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { type Aspect, aspects } from './compare.ts'
import { groups, readWorld } from './groups.ts'
import { recordedHub } from './recorded-hub.ts'
import { replay } from './replay.ts'
import { heading, row, type Scores, scoreOf, writeReport } from './report.ts'
import { tankTarget } from './tank-target.ts'
import { originOf } from './timeline.ts'
import { readTranscript } from './transcript.ts'
import { unreachable } from './unreachable.ts'

type Floor = Record<string, Record<string, Partial<Record<Aspect, number>>>>

const floorFile = fileURLToPath(new URL('./floor.json', import.meta.url))
const floor = JSON.parse(readFileSync(floorFile, 'utf8')) as Floor
const { REPLAY_REPORT: reports, REPLAY_UPDATE: update } = process.env

/** `misc` asks for each version by itself. */
const engines: Readonly<Record<string, readonly string[]>> = {
  'docker-28.5.2': groups,
  'docker-28.5.2-api-1.24': groups.filter((group) => group !== 'misc'),
  'docker-28.5.2-fakehub': ['hub'],
}
const worldOf = (engine: string) => readWorld(engine.replace('-fakehub', ''))
const targetOf = (engine: string, now: number) => tankTarget(now, engine.endsWith('-fakehub') ? recordedHub : false)

for (const [engine, ofEngine] of Object.entries(engines))
  describe(`replay of ${engine}`, () => {
    const table: string[] = []
    const reached: Floor[string] = {}

    for (const group of ofEngine)
      it(`${group} agrees no less than before`, async () => {
        const transcript = readTranscript(engine, group)
        const all = await replay(transcript, targetOf(engine, originOf(transcript)), worldOf(engine))
        const left = { ...unreachable[group], ...unreachable[`${engine}/${group}`] }
        const results = all.filter(({ exchange }) => left[exchange.key] === undefined)
        if (reports) writeReport(`${reports}/${engine}`, group, results)
        const scores = scoreOf(results)
        table.push(row(group, results.length, scores))
        reached[group] = agreeing(scores)
        for (const aspect of aspects)
          expect(scores[aspect].agree, `${aspect} of ${group}`).toBeGreaterThanOrEqual(
            floor[engine]?.[group]?.[aspect] ?? 0,
          )
      })

    afterAll(() => {
      console.log([engine, heading, ...table].join('\n'))
      if (update) raise(engine, reached)
    })
  })

const agreeing = (scores: Scores) =>
  Object.fromEntries(aspects.map((aspect) => [aspect, scores[aspect].agree])) as Record<Aspect, number>

/** The floor may only rise. */
function raise(engine: string, reached: Floor[string]): void {
  const ofEngine = (floor[engine] ??= {})
  for (const [group, scores] of Object.entries(reached))
    for (const aspect of aspects) {
      const pinned = (ofEngine[group] ??= {})
      pinned[aspect] = Math.max(pinned[aspect] ?? 0, scores[aspect] ?? 0)
    }
  writeFileSync(floorFile, `${JSON.stringify(floor, null, 2)}\n`)
}
