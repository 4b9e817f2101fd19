import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type ListeningRegistry, listenRegistry } from '../../src/node/index.ts'
import { isHere } from './program.ts'
import { CASES, type Case, FIRST, type Step } from './registry-cases.ts'

/** What docker-registry 2.8.2 answered: `REGISTRY_RECORD=1` asks it again. */
const RECORDED = join(import.meta.dirname, '../../fixtures/docker-registry-2.8.2.json')
const recording = process.env.REGISTRY_RECORD === '1'

interface Said {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const TOLD = [
  'allow',
  'accept-ranges',
  'cache-control',
  'content-range',
  'content-type',
  'docker-content-digest',
  'docker-distribution-api-version',
  'etag',
  'link',
  'location',
  'range',
]

/** Ids, hosts and what a registry keeps in its addresses are each one's own. */
const common = (text: string) =>
  text
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, '')
    .replace(/[?&]_state=[^&"]*/g, '')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'UUID')

function ask(
  host: string,
  { method, headers = {}, body = '' }: Step,
  path: string,
): Promise<Said & { location: string }> {
  const [hostname, port] = host.split(':')
  return new Promise((resolve, reject) => {
    const sent = request({
      hostname,
      port,
      method,
      path,
      headers: { ...headers, 'content-length': String(body.length) },
    })
    sent.on('error', reject)
    sent.on('response', (response: IncomingMessage) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => (text += part))
      // What breaks off has said less than it promised.
      response.on('error', () => {})
      response.on('close', () => {
        const told = TOLD.flatMap((name) => {
          const value = response.headers[name]
          return value === undefined ? [] : [[name, common(String(value))]]
        })
        const location = response.headers.location ?? ''
        resolve({ status: response.statusCode!, headers: Object.fromEntries(told), body: common(text), location })
      })
    })
    sent.end(body)
  })
}

/** The answers to a case's requests. */
async function answers(host: string, steps: readonly Step[]): Promise<Said[]> {
  const said: Said[] = []
  let upload = ''
  for (const one of steps) {
    const joined = one.path.replace('{upload}', upload)
    const path = upload.includes('?') && joined !== upload ? joined.replace(/\?digest/, '&digest') : joined
    const { location, ...answer } = await ask(host, one, path.replace(/^http:\/\/[^/]+/, ''))
    if (location.includes('/blobs/uploads/')) upload = location
    said.push(answer)
  }
  return said
}

const recorded: Record<string, readonly Said[]> = existsSync(RECORDED) ? JSON.parse(readFileSync(RECORDED, 'utf8')) : {}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

const UP: Step = { method: 'GET', path: '/v2/' }

describe.runIf(isHere('docker-registry', 'docker-registry', ['--version']))('docker-registry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-registry-'))
  let host: string
  let stop: () => Promise<unknown>
  beforeAll(async () => {
    const port = await freePort()
    host = `127.0.0.1:${port}`
    const config = join(folder, 'config.yml')
    const storage = 'storage: {inmemory: {}, delete: {enabled: true}}'
    writeFileSync(config, `version: 0.1\nlog: {level: error}\n${storage}\nhttp: {addr: '${host}'}\n`)
    const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' })
    const ended = new Promise((resolve) => child.on('close', resolve))
    stop = () => (child.kill(), ended)
    while (child.exitCode === null && !(await ask(host, UP, UP.path).catch(() => undefined)))
      await new Promise((resolve) => setTimeout(resolve, 50))
    await answers(host, FIRST)
  }, 60_000)
  afterAll(async () => {
    await stop()
    rmSync(folder, { recursive: true })
  })

  it('still answers as it did', async () => {
    const now: Record<string, readonly Said[]> = {}
    for (const { name, steps } of CASES) now[name] = await answers(host, steps)
    if (recording) writeFileSync(RECORDED, `${JSON.stringify(now, null, 1)}\n`)
    else expect(now).toEqual(recorded)
  }, 120_000)
})

describe('the registry, asked what docker-registry 2.8.2 was asked,', () => {
  let tank: Wavetank
  let own: ListeningRegistry
  beforeAll(async () => {
    tank = createWavetank({ seed: 'registry', clock: 'manual' })
    own = await listenRegistry(tank)
    await answers(own.host, FIRST)
  })
  afterAll(async () => {
    await own.close()
    tank.close()
  })

  const plain = (one: Case) => one.differs === undefined
  it.each(CASES.filter(plain).map((one) => [one.name, one.steps] as const))(
    'answers as it did: %s',
    async (name, steps) => {
      expect(await answers(own.host, steps)).toEqual(recorded[name])
    },
  )

  it.each(CASES.filter((one) => !plain(one)).map((one) => [one.name, one.differs, one.steps] as const))(
    'answers %s in its own way, since %s',
    async (name, _, steps) => {
      const said = await answers(own.host, steps)
      expect(said.every(({ status }) => status < 500)).toBe(true)
      expect(said).not.toEqual(recorded[name])
    },
  )
})
