import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import tar from 'tar-stream'
import { createWavetank } from '../../dist/index.js'
import { row } from './table.mjs'

const STEPS = 20
const FILES = 200

/** A context that 20 steps copy from. */
async function context() {
  const pack = tar.pack()
  const chunks = []
  pack.on('data', (chunk) => chunks.push(chunk))
  const steps = Array.from({ length: STEPS }, (_, i) => (i % 2 === 0 ? `COPY d${i} /d${i}` : `ENV V${i}=${i}`))
  pack.entry({ name: 'Dockerfile' }, ['FROM busybox:1.36', ...steps, ''].join('\n'))
  for (let i = 0; i < FILES; i++)
    pack.entry({ name: `d${(i % (STEPS / 2)) * 2}/f${i}`, mtime: new Date(0) }, `file ${i}\n`.repeat(100))
  pack.finalize()
  await new Promise((resolve) => pack.on('end', resolve))
  return new Uint8Array(Buffer.concat(chunks))
}

/** tar-stream reading all members to their end, and doing nothing with them. */
async function drained(archive) {
  const extract = tar.extract()
  extract.on('entry', (_header, stream, next) => {
    stream.on('end', next)
    stream.resume()
  })
  await pipeline(Readable.from([archive]), extract)
}

async function median(runs, work) {
  const times = []
  for (let i = 0; i < runs; i++) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[runs >> 1]
}

/** A build whose every step comes from the cache, against tar-stream reading the same context. */
export async function buildBench() {
  const tank = createWavetank()
  const body = await context()
  const build = async () => {
    const text = await (await tank.fetch(new Request('http://docker/build', { method: 'POST', body }))).text()
    if (!text.includes('Successfully built')) throw new Error(text)
    return text
  }
  const first = performance.now()
  await build()
  const cold = performance.now() - first
  const again = await build()
  if (again.split('Using cache').length - 1 !== STEPS) throw new Error('not from the cache')
  for (let i = 0; i < 5; i++) await drained(body)
  const bare = await median(15, () => drained(body))
  const cached = await median(15, build)
  row(`build of ${STEPS} steps, ${FILES} files`, `${cold.toFixed(1)} ms`, cold / bare, 'tar-stream reading the context')
  row(`build of ${STEPS} cached steps`, `${cached.toFixed(1)} ms`, cached / bare, 'tar-stream reading the context')
}
