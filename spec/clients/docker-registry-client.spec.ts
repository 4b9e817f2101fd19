import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '../../src/http/json-lines.ts'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type ListeningRegistry, listenRegistry } from '../../src/node/index.ts'
import { digestOf } from '../../src/storage/digest.ts'

// biome-ignore lint/suspicious/noExplicitAny: it has no types of its own
type Client = Readonly<Record<string, (...args: any[]) => void>>
const { createClientV2 } = createRequire(import.meta.url)('docker-registry-client') as {
  createClientV2(options: object): Client
}

/** Listened to as the client itself does: with a second reader beside it a stream gives everything twice. */
const bytesOf = (stream: Readable): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => resolve(Buffer.concat(parts)))
    stream.on('error', reject)
    stream.resume()
  })

const DOCKER = 'application/vnd.docker.distribution.manifest.v2+json'

let tank: Wavetank
let door: ListeningRegistry
let client: Client
const open = async (repository: string, where: object = {}, more: object = {}) => {
  tank = createWavetank({
    seed: 'client',
    clock: 'manual',
    hub: { accounts: [{ name: 'me', password: 'secret' }] },
    registries: [{ host: 'locked.example.com', access: 'token' }],
  })
  door = await listenRegistry(tank, where)
  connect(repository, more)
}
const connect = (repository: string, more: object = {}) => {
  client = createClientV2({ name: `${door.host}/${repository}`, scheme: 'http', insecure: true, ...more })
}
const asked = new Set<Client>()
afterEach(async () => {
  for (const one of asked) one.close!()
  asked.clear()
  await door.close()
  tank.close()
})

/** The results that the client's callback gets after the error. */
// biome-ignore lint/suspicious/noExplicitAny: as above
const call = (method: string, options: object = {}): Promise<any[]> => {
  const one = client
  asked.add(one)
  return new Promise((resolve, reject) => {
    const back = (error: Error | null, ...results: unknown[]) => (error ? reject(error) : resolve(results))
    if (one[method]!.length === 1) one[method]!(back)
    else one[method]!(options, back)
  })
}

describe('docker-registry-client, v2, in a registry of one’s own', () => {
  beforeEach(() => open('me/app'))
  const upload = async (bytes: Uint8Array) => {
    const digest = digestOf(bytes)
    const stream = Readable.from([Buffer.from(bytes)])
    await call('blobUpload', { digest, contentLength: bytes.length, contentType: 'application/octet-stream', stream })
    return digest
  }

  it('pings', async () => {
    const [, response] = await call('ping')
    expect(response.statusCode).toBe(200)
  })

  it('uploads blobs, looks at them and reads them back', async () => {
    const bytes = new Uint8Array(100_000).map((_, i) => i % 251)
    const digest = await upload(bytes)
    const [head] = await call('headBlob', { digest })
    expect(head[0].headers['content-length']).toBe('100000')
    const [stream] = await call('createBlobReadStream', { digest })
    expect(digestOf(await bytesOf(stream))).toBe(digest)
  })

  it('puts manifests, gets them, lists tags', async () => {
    const config = utf8('{}')
    const digest = await upload(config)
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: DOCKER,
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: config.length, digest },
      layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size: config.length, digest }],
    })
    await call('putManifest', { manifest, ref: '1', schemaVersion: 2 })
    const [got, response] = await call('getManifest', { ref: '1', maxSchemaVersion: 2 })
    expect(got).toEqual(JSON.parse(manifest))
    expect(response.headers['docker-content-digest']).toBe(digestOf(utf8(manifest)))
    expect((await call('listTags'))[0]).toEqual({ name: 'me/app', tags: ['1'] })
    await expect(call('getManifest', { ref: '2', maxSchemaVersion: 2 })).rejects.toMatchObject({ statusCode: 404 })
  })

  it('is told that a blob is not there', async () => {
    await expect(call('headBlob', { digest: `sha256:${'0'.repeat(64)}` })).rejects.toMatchObject({ statusCode: 404 })
  })
})

describe('docker-registry-client, v2, with tokens', () => {
  it('reads public images of the Hub as nobody', async () => {
    await open('library/busybox', { registry: 'registry-1.docker.io' })
    const [manifest] = await call('getManifest', { ref: 'latest', maxSchemaVersion: 2 })
    expect(manifest.mediaType).toBe(DOCKER)
    const [responses] = await call('headBlob', { digest: manifest.layers[0].digest })
    expect(responses.at(-1).statusCode).toBe(200)
  })

  it('gets in with a password, and not without', async () => {
    await open('team/app', { registry: 'locked.example.com' }, { username: 'me', password: 'secret' })
    await expect(call('listTags')).rejects.toMatchObject({ statusCode: 404 })
    connect('team/app')
    await expect(call('listTags')).rejects.toMatchObject({ statusCode: 401 })
    connect('team/app', { username: 'me', password: 'wrong' })
    await expect(call('listTags')).rejects.toMatchObject({ statusCode: 401 })
  })
})
