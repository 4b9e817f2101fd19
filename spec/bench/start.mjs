import { execFileSync } from 'node:child_process'
import { row } from './table.mjs'

const ROUNDS = 15

/** Wall time of a fresh Node that imports the library, and of one that goes on to a first answer, over one that imports nothing. */
export async function startBench() {
  const index = new URL('../../dist/import/index.js', import.meta.url).href
  const ask = `(await createWavetank().fetch(new Request('http://docker/_ping'))).text()`
  const [bare, imported, answered] = fastest([
    '0',
    `import ${JSON.stringify(index)}`,
    `import { createWavetank } from ${JSON.stringify(index)}\nawait ${ask}`,
  ])
  row('import', `${(imported - bare).toFixed(0)} ms`, imported / bare, 'bare Node')
  row('import, create a tank, first answer', `${(answered - bare).toFixed(0)} ms`, answered / bare, 'bare Node')
}

/** Each in turn, so that whatever else the machine does meets all of them; the fastest is the one that was let alone. */
function fastest(codes) {
  const times = codes.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, code] of codes.entries()) {
      const started = performance.now()
      execFileSync(process.execPath, ['--input-type=module', '-e', code])
      times[i] = Math.min(times[i], performance.now() - started)
    }
  return times
}
