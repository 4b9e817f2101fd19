import { createRequire } from 'node:module'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type ListeningRegistry, listenRegistry } from '../../src/node/index.ts'
import { idOf, made, push } from '../hub/v1.ts'

type Done<Result> = (error: Error | null, result: Result) => void

/** What is used of npm's docker-registry-client, which has no types. */
interface ClientV1 {
  ping(done: Done<unknown>): void
  search(options: { term: string }, done: Done<{ results: readonly { name: string }[] }>): void
  listRepoImgs(done: Done<readonly { id: string; Tag?: string }[]>): void
  listRepoTags(done: Done<Readonly<Record<string, string>>>): void
  getImgId(options: { tag: string }, done: Done<string>): void
  getImgAncestry(options: { imgId: string }, done: Done<readonly string[]>): void
  getImgJson(options: { imgId: string }, done: Done<{ id: string }>): void
  getImgLayerStream(options: { imgId: string }, done: Done<Readable>): void
  close(): void
}

interface Package {
  createClientV1(options: object): ClientV1
  loginV1(options: object, done: Done<{ status: string }>): void
  pingIndexV1(options: object, done: Done<unknown>): void
}

const { createClientV1, loginV1, pingIndexV1 } = createRequire(import.meta.url)('docker-registry-client') as Package

/** It wants a logger of bunyan's kind. */
const log: Record<string, () => unknown> = { child: () => log, addSerializers: () => undefined }
for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal']) log[level] = () => false

const said = <Result>(call: (done: Done<Result>) => void): Promise<Result> =>
  new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))))

const [ROOT, TIP] = [idOf('a'), idOf('b')]

let tank: Wavetank
let door: ListeningRegistry
const clients: ClientV1[] = []

const clientOf = (name: string, more = {}): ClientV1 => {
  const client = createClientV1({ name: `${door.host}/${name}`, log, ...more })
  clients.push(client)
  return client
}
const login = (username: string, password: string, email = `${username}@x.io`) =>
  said<{ status: string }>((done) => loginV1({ index: door.url, username, password, email, log }, done))

beforeAll(async () => {
  tank = createWavetank({
    hub: {
      accounts: [
        { name: 'alice', password: 'secret1' },
        { name: 'carol', password: 'secret1', active: false },
      ],
      repositories: [{ name: 'alice/shut', visibility: 'private' }],
    },
  })
  push(tank, 'alice/bb', [made('a'), made('b', 'a', new Uint8Array(100_000).fill(7))], 'v1')
  push(tank, 'alice/shut', [made('c')])
  door = await listenRegistry(tank, { registry: 'registry-1.docker.io' })
})

afterAll(async () => {
  for (const client of clients) client.close()
  await door.close()
  tank.close()
})

describe('npm docker-registry-client, by v1', () => {
  it('pings', async () => {
    expect(await said((done) => pingIndexV1({ indexName: door.url, log }, done))).toBe(true)
    expect(await said((done) => clientOf('alice/bb').ping(done))).toBe(true)
  })

  it('logs in, and is told why it cannot', async () => {
    expect(await login('alice', 'secret1')).toEqual({ status: 'Login Succeeded' })
    await expect(login('alice', 'wrong1')).rejects.toThrow('Wrong login/password, please try again')
    await expect(login('carol', 'secret1')).rejects.toThrow('Account is not Active')
    await expect(login('Da', 'secret1')).rejects.toThrow('Registration: "Wrong username format')
  })

  it('registers, and logs in when the link was followed', async () => {
    expect((await login('dave9', 'secret1')).status).toContain('Account created.')
    await expect(login('dave9', 'secret1')).rejects.toThrow('Account is not Active')
    await tank.fetch(new Request(tank.mailbox.at(-1)!.link))
    expect(await login('dave9', 'secret1')).toEqual({ status: 'Login Succeeded' })
  })

  it('searches', async () => {
    const { results } = await said<{ results: readonly { name: string }[] }>((done) =>
      clientOf('alice/bb').search({ term: 'bb' }, done),
    )
    expect(results.map(({ name }) => name)).toContain('alice/bb')
  })

  it('reads images, tags, ancestry, JSON and layers', async () => {
    const client = clientOf('alice/bb')
    expect(await said((done) => client.listRepoImgs(done))).toEqual([{ id: ROOT }, { id: TIP, Tag: 'v1' }])
    expect(await said((done) => client.listRepoTags(done))).toEqual({ v1: TIP })
    expect(await said((done) => client.getImgId({ tag: 'v1' }, done))).toBe(TIP)
    expect(await said((done) => client.getImgAncestry({ imgId: TIP }, done))).toEqual([TIP, ROOT])
    expect(await said((done) => client.getImgJson({ imgId: TIP }, done))).toEqual({ id: TIP, parent: ROOT })
    const layer = await said<Readable>((done) => client.getImgLayerStream({ imgId: TIP }, done))
    expect(new Uint8Array(await buffer(layer))).toEqual(new Uint8Array(100_000).fill(7))
  })

  it('reads an official image that came by v2', async () => {
    const client = clientOf('busybox')
    const id = await said<string>((done) => client.getImgId({ tag: 'latest' }, done))
    const [tip] = await said<readonly string[]>((done) => client.getImgAncestry({ imgId: id }, done))
    expect(tip).toBe(id)
    const layer = await said<Readable>((done) => client.getImgLayerStream({ imgId: id }, done))
    expect([...(await buffer(layer)).subarray(0, 3)]).toEqual([0x1f, 0x8b, 8])
  })

  it('reads a private one with its owner’s name, and none without', async () => {
    const owner = clientOf('alice/shut', { username: 'alice', password: 'secret1' })
    expect(await said((done) => owner.listRepoTags(done))).toEqual({ latest: idOf('c') })
    await expect(said((done) => clientOf('alice/shut').listRepoTags(done))).rejects.toThrow()
  })
})
