import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { type Outcome, run } from '../sandbox.ts'
import { Oracle, whyNoOracle } from './oracle.ts'
import { argvOf, FIXTURES, type Script, scriptsOf, topics } from './scripts.ts'

/**
 * Scripts of fixtures/sh in wavetank's shell and in the real busybox. The outcomes of busybox are recorded; to record anew, run
 * `WAVETANK_RECORD=sh npx vitest run spec/programs/sh/recorded.spec.ts` where busybox is installed.
 */
interface Recording {
  readonly shell: string
  readonly outcomes: Readonly<Record<string, Outcome>>
}

const recording = process.env.WAVETANK_RECORD === 'sh'
const why = whyNoOracle()
const oracle = why === undefined ? new Oracle() : undefined
if (why !== undefined) console.log(`the recordings of busybox were not checked anew: ${why}`)
afterAll(() => oracle?.close())

const pathOf = (topic: string) => `${FIXTURES}${topic}.json`

function record(topic: string, scripts: readonly Script[]): void {
  const all = oracle!.run(scripts)
  const outcomes = Object.fromEntries(scripts.map(({ name }, index) => [name, all[index]!]))
  const made: Recording = { shell: oracle!.version(), outcomes }
  writeFileSync(pathOf(topic), `${JSON.stringify(made, null, 1)}\n`)
}

function ours(script: Script): Outcome {
  const files = script.way === 'file' ? { '/tmp/script': script.text } : {}
  const stdin = script.way === 'stdin' ? script.text : ''
  const { stdout, stderr, status } = run({ argv: argvOf(script), env: { HOSTNAME: 'box' }, files }, stdin)
  return { stdout, stderr, status }
}

/** What the real one does otherwise than recorded. A busy host may upset scripts that sleep: they get more chances. */
function changed(scripts: readonly Script[], recorded: Recording): readonly Script[] {
  let left = scripts
  for (let attempt = 0; attempt < 4 && left.length > 0; attempt++) {
    const outcomes = oracle!.run(left)
    left = left.filter(({ name }, index) => !isDeepStrictEqual(outcomes[index], recorded.outcomes[name]))
  }
  return left
}

for (const topic of topics()) {
  const scripts = scriptsOf(topic)
  if (recording && oracle) record(topic, scripts)
  const recorded: Recording = existsSync(pathOf(topic))
    ? JSON.parse(readFileSync(pathOf(topic), 'utf8'))
    : { shell: '', outcomes: {} }

  describe(`sh: ${topic}`, () => {
    it.each(scripts.map((script) => [script.name, script] as const))('%s', (name, script) => {
      expect(ours(script)).toEqual(recorded.outcomes[name])
    })

    it.runIf(oracle)(`is what ${recorded.shell} does`, () => {
      if (oracle!.version() !== recorded.shell)
        return console.log(`recorded with ${recorded.shell}, here is ${oracle!.version()}`)
      expect(changed(scripts, recorded).map(({ name }) => name)).toEqual([])
    })
  })
}
