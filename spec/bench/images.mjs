import { createHash } from 'node:crypto'
import { Readable, Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import tar from 'tar-stream'
import { createWavetank } from '../../dist/index.js'
import { row } from './table.mjs'

const HUNDRED_MB = 100_000_000
const encoder = new TextEncoder()
const EMPTY = new Uint8Array()

function ask(tank, method, target, body = EMPTY, type = 'application/x-tar') {
  const headers = body.length > 0 ? { 'content-type': type } : {}
  const { kind, answer } = tank.serve({ method, target, headers, body })
  if (kind !== 'answer' || answer.status >= 400) throw new Error(`${method} ${target}: ${JSON.stringify(answer)}`)
  return answer.body
}

const wholeOf = (parts) => Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.length)))

/** A tar that tar-stream makes of files. */
async function packed(files) {
  const pack = tar.pack()
  const chunks = []
  const gathered = finished(
    pack.pipe(new Writable({ write: (chunk, _, done) => done(null, chunks.push(chunk) && undefined) })),
  )
  for (const [name, content] of files) pack.entry({ name, mtime: new Date(0) }, content)
  pack.finalize()
  await gathered
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

async function timed(runs, work, prepare = () => undefined) {
  const times = []
  for (let i = 0; i < runs; i++) {
    const given = await prepare(i)
    const started = performance.now()
    await work(given, i)
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[runs >> 1]
}

const many = (count, folder) =>
  Array.from({ length: count }, (_, i) => [`${folder}/d${i % 100}/f${i}`, Buffer.from(`content of file ${i}\n`)])

/** Layers and archives, against tar-stream doing the tar part alone and against bare sha256 of the same bytes. */
export async function imagesBench() {
  const show = (name, ms, bare, hash) => {
    row(name, `${ms.toFixed(0)} ms`, ms / bare, 'tar-stream on the same archive')
    row('', '', ms / hash, 'bare sha256 of it')
  }
  const sha = (bytes) => timed(5, () => createHash('sha256').update(bytes).digest('hex'))

  const files = await packed(many(10_000, 'data'))
  const fresh = () => createWavetank({ clock: 'manual' })
  const apply = (tank) => ask(tank, 'POST', '/images/create?fromSrc=-&repo=big', files)
  await timed(2, apply, fresh)
  show(
    'apply a layer of 10,000 files',
    await timed(5, apply, fresh),
    await timed(5, () => drained(files)),
    await sha(files),
  )

  const changes = await packed(many(1000, 'tmp'))
  const config = encoder.encode(JSON.stringify({ Image: 'big', Cmd: ['true'] }))
  const base = fresh()
  apply(base)
  const changed = () => {
    const tank = base.fork()
    ask(tank, 'POST', '/containers/create?name=web', config, 'application/json')
    ask(tank, 'PUT', '/containers/web/archive?path=/', changes)
    return tank
  }
  const commit = (tank) => ask(tank, 'POST', '/commit?container=web&repo=child')
  await timed(2, commit, changed)
  show(
    'commit 1,000 changed files over 10,000',
    await timed(5, commit, changed),
    await timed(5, () => drained(changes)),
    await sha(changes),
  )

  const large = await packed([['large', Buffer.alloc(HUNDRED_MB, 'wavetank')]])
  const holder = fresh()
  ask(holder, 'POST', '/images/create?fromSrc=-&repo=large', large)
  const save = () => ask(holder, 'GET', '/images/large/get')
  const saved = new Uint8Array(wholeOf(save()))
  const bare = [await timed(3, () => drained(saved)), await sha(saved)]
  show('save of 100 MB', await timed(3, save), ...bare)
  show('load of 100 MB', await timed(3, (tank) => ask(tank, 'POST', '/images/load', saved), fresh), ...bare)
}
