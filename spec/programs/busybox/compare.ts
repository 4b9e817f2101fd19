import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { type Outcome, run } from '../sandbox.ts'
import { Oracle, whyNoOracle } from './oracle.ts'
import { argvOf, pathOf, type Script, scriptsOf, topics } from './scripts.ts'

interface Recording {
  readonly shell: string
  readonly outcomes: Readonly<Record<string, Outcome>>
}

/**
 * Scripts of a folder of fixtures in wavetank's shell and in the real busybox. What busybox does is recorded; to record anew, run
 * `WAVETANK_RECORD=1 npx vitest run spec/programs/sh spec/programs/bin` where busybox is installed.
 */
export function compareWithBusybox(folder: string): void {
  const why = whyNoOracle()
  const oracle = why === undefined ? new Oracle() : undefined
  if (why !== undefined) console.log(`the recordings of busybox were not checked anew: ${why}`)
  afterAll(() => oracle?.close())

  for (const topic of topics(folder)) {
    const scripts = scriptsOf(folder, topic)
    const path = pathOf(folder, topic, 'json')
    if (process.env.WAVETANK_RECORD && oracle) record(oracle, path, scripts)
    const recorded: Recording = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { shell: '', outcomes: {} }

    describe(`${folder}: ${topic}`, () => {
      it.each(scripts.map((script) => [script.name, script] as const))('%s', (name, script) => {
        expect(ours(script)).toEqual(recorded.outcomes[name])
      })

      it.runIf(oracle)(`is what ${recorded.shell} does`, () => {
        if (oracle!.version() !== recorded.shell) {
          console.log(`recorded with ${recorded.shell}, here is ${oracle!.version()}: not checked anew`)
          return
        }
        expect(changed(oracle!, scripts, recorded).map(({ name }) => name)).toEqual([])
      })
    })
  }
}

function record(oracle: Oracle, path: string, scripts: readonly Script[]): void {
  const all = oracle.run(scripts)
  const outcomes = Object.fromEntries(scripts.map(({ name }, index) => [name, all[index]!]))
  const made: Recording = { shell: oracle.version(), outcomes }
  writeFileSync(path, `${JSON.stringify(made, null, 1)}\n`)
}

function ours(script: Script): Outcome {
  const files = script.way === 'file' ? { '/tmp/script': script.text } : {}
  const stdin = script.way === 'stdin' ? script.text : ''
  const { stdout, stderr, status } = run({ argv: argvOf(script), env: { HOSTNAME: 'box' }, files }, stdin)
  return { stdout, stderr, status }
}

/** What the real one does otherwise than recorded. A busy host may upset scripts that sleep: they get more chances. */
function changed(oracle: Oracle, scripts: readonly Script[], recorded: Recording): readonly Script[] {
  let left = scripts
  for (let attempt = 0; attempt < 4 && left.length > 0; attempt++) {
    const outcomes = oracle.run(left)
    left = left.filter(({ name }, index) => !isDeepStrictEqual(outcomes[index], recorded.outcomes[name]))
  }
  return left
}
