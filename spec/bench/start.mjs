import { execFileSync } from 'node:child_process'
import { row } from './table.mjs'

/** Wall time of a fresh Node that imports the library, over one that imports nothing. */
export async function startBench() {
  const index = new URL('../../dist/index.js', import.meta.url).href
  const time = (code) => {
    const times = Array.from({ length: 7 }, () => {
      const started = performance.now()
      execFileSync(process.execPath, ['--input-type=module', '-e', code])
      return performance.now() - started
    }).sort((a, b) => a - b)
    return times[3]
  }
  const bare = time('0')
  const ours = time(`import ${JSON.stringify(index)}`)
  row('import', `${(ours - bare).toFixed(0)} ms`, ours / bare, 'bare Node')
}
