import { fork, spawn, spawnSync } from 'node:child_process'
import { createHash, randomFillSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWavetank } from '../../dist/index.js'
import { row } from './table.mjs'

const MEBI = 1024 * 1024
const SIZES = [
  ['4 KiB', 4096, 200],
  ['1 MiB', MEBI, 20],
  ['16 MiB', 16 * MEBI, 6],
]
const CHUNK = 4 * MEBI
const TYPE = 'application/vnd.docker.distribution.manifest.v2+json'

/** Pushes and pulls through a registry's port, as a share of what Debian's docker-registry does in the same run. */
export async function registryBench() {
  const ours = await tankRegistry()
  const theirs = await debianRegistry()
  const of = 'docker-registry 2.8.2'
  for (const [name, size, count] of SIZES) {
    const blobs = Array.from({ length: count }, () => blobOf(size))
    const ways = size > CHUNK ? ['monolithic', 'in chunks'] : ['monolithic']
    for (const way of ways) {
      const run = (at) => timed(count, (i) => push(at, `bench/${way.replace(' ', '-')}`, blobs[i], way))
      const [mine, other] = [await run(ours), theirs && (await run(theirs))]
      row(`push ${name}, ${way}`, perSecond(mine, size), theirs && other / mine, of)
      if (size === 16 * MEBI) row(`push ${name}, ${way}`, perSecond(mine, size), hashing(blobs) / mine, 'bare sha256')
    }
    const run = (at) => timed(count, (i) => pull(at, 'bench/monolithic', blobs[i]))
    const [mine, other] = [await run(ours), theirs && (await run(theirs))]
    row(`pull ${name}`, perSecond(mine, size), theirs && other / mine, of)
  }
  await manifests(ours, theirs, of)
  throughServe()
  const { held } = await ours.memory()
  row('memory for the bytes stored', `${(held / MEBI).toFixed(0)} MiB`, held / ours.stored, 'the bytes')
  await Promise.all([ours.close(), theirs?.close()])
}

/** Without sockets: what of the time is the registry's own. */
function throughServe() {
  const tank = createWavetank({ clock: 'manual', hub: false, registries: ['127.0.0.1:5000'] })
  const origin = 'http://127.0.0.1:5000'
  const serve = (method, target, body = new Uint8Array(0)) =>
    tank.serve({ method, target, origin, headers: {}, body }).answer.headers.find(([name]) => name === 'Location')[1]
  const blobs = Array.from({ length: 6 }, () => blobOf(16 * MEBI))
  // The first request of all stocks the shelves.
  serve('POST', '/v2/bench/app/blobs/uploads/')
  const started = performance.now()
  for (const { bytes, digest } of blobs) {
    const place = serve('POST', '/v2/bench/app/blobs/uploads/')
    for (let from = 0; from < bytes.length; from += CHUNK) serve('PATCH', place, bytes.subarray(from, from + CHUNK))
    serve('PUT', `${place}?digest=${digest}`)
  }
  const mine = (performance.now() - started) / blobs.length
  row('push 16 MiB in chunks, through serve', perSecond(mine, 16 * MEBI), hashing(blobs) / mine, 'bare sha256')
}

async function manifests(ours, theirs, of) {
  const config = blobOf(64)
  const body = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: TYPE,
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: 64, digest: config.digest },
      layers: [],
    }),
  )
  const put = (at) => (i) =>
    ask(at, 'PUT', `/v2/bench/app/manifests/t${i}`, { body, headers: { 'Content-Type': TYPE }, status: 201 })
  const get = (at) => (i) => ask(at, 'GET', `/v2/bench/app/manifests/t${i}`, { headers: { Accept: TYPE }, status: 200 })
  for (const at of [ours, theirs]) if (at) await push(at, 'bench/app', config, 'monolithic')
  for (const [name, job] of [
    ['put', put],
    ['get', get],
  ]) {
    const mine = await timed(300, job(ours))
    const other = theirs && (await timed(300, job(theirs)))
    row(`manifest ${name}`, `${Math.round(1000 / mine)}/s`, theirs && other / mine, of)
  }
}

function blobOf(size) {
  const bytes = randomFillSync(Buffer.alloc(size))
  return { bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` }
}

/** Milliseconds of one. */
async function timed(count, job) {
  const started = performance.now()
  for (let i = 0; i < count; i++) await job(i)
  return (performance.now() - started) / count
}

function hashing(blobs) {
  const started = performance.now()
  for (const { bytes } of blobs) createHash('sha256').update(bytes).digest()
  return (performance.now() - started) / blobs.length
}

const perSecond = (ms, size) =>
  size < MEBI ? `${Math.round(1000 / ms)}/s` : `${((size / MEBI) * (1000 / ms)).toFixed(0)} MiB/s`

async function push(at, name, { bytes, digest }, way) {
  let place = (await ask(at, 'POST', `/v2/${name}/blobs/uploads/`, { status: 202 })).location
  const headers = { 'Content-Type': 'application/octet-stream' }
  if (way === 'in chunks')
    for (let from = 0; from < bytes.length; from += CHUNK) {
      const part = bytes.subarray(from, from + CHUNK)
      const range = { ...headers, 'Content-Range': `${from}-${from + part.length - 1}` }
      place = (await ask(at, 'PATCH', place, { body: part, headers: range, status: 202 })).location
    }
  const end = `${place}${place.includes('?') ? '&' : '?'}digest=${digest}`
  await ask(at, 'PUT', end, { body: way === 'in chunks' ? undefined : bytes, headers, status: 201 })
  if (at.digests && !at.digests.has(digest)) {
    at.digests.add(digest)
    at.stored += bytes.length
  }
}

async function pull(at, name, { bytes, digest }) {
  const { size } = await ask(at, 'GET', `/v2/${name}/blobs/${digest}`, { status: 200 })
  if (size !== bytes.length) throw new Error(`${size} bytes of ${bytes.length}`)
}

function ask({ port, agent }, method, place, { body, headers = {}, status }) {
  const path = place.replace(/^http:\/\/[^/]*/, '')
  const length = method === 'GET' ? {} : { 'Content-Length': body?.length ?? 0 }
  return new Promise((resolve, reject) => {
    const request = http.request({ port, agent, method, path, headers: { ...headers, ...length } }, (response) => {
      let size = 0
      response.on('data', (part) => (size += part.length))
      response.on('end', () => {
        if (response.statusCode === status) resolve({ size, location: response.headers.location })
        else reject(new Error(`${method} ${path}: ${response.statusCode}`))
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

const agentOf = () => new http.Agent({ keepAlive: true, maxSockets: 1 })

async function tankRegistry() {
  const child = fork(new URL('./registry-door.mjs', import.meta.url), { execArgv: ['--expose-gc'] })
  const [{ port }] = await once(child, 'message')
  const agent = agentOf()
  return {
    port,
    agent,
    stored: 0,
    digests: new Set(),
    memory: async () => {
      child.send('memory')
      return (await once(child, 'message'))[0]
    },
    close: async () => {
      agent.destroy()
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** `undefined`, and it is said, where the package is not installed. */
async function debianRegistry() {
  if (spawnSync('docker-registry', ['--version'], { stdio: 'ignore' }).status !== 0) {
    console.log('docker-registry is not installed: there is nothing to compare with')
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-registry-'))
  const port = await freePort()
  const storage = 'storage: {inmemory: {}, delete: {enabled: true}}'
  const config = `version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\n${storage}\nhttp: {addr: "127.0.0.1:${port}"}\n`
  writeFileSync(join(folder, 'config.yml'), config)
  const child = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
  const agent = agentOf()
  for (let turn = 0; turn < 100; turn++) {
    const up = await ask({ port, agent }, 'GET', '/v2/', { status: 200 }).catch(() => undefined)
    if (up) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    port,
    agent,
    close: async () => {
      agent.destroy()
      child.kill()
      await once(child, 'exit')
      rmSync(folder, { recursive: true })
    },
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}
