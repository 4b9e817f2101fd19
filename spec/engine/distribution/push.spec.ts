import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declareImage, seconds } from '../../../src/engine/images/declare.ts'
import { file } from '../../../src/engine/images/official/linux-tree.ts'
import { sizeOf } from '../../../src/hub/registry/blob.ts'
import { call, GOOD, pull, push, requestsOf, statusesOf, world } from './engine.ts'

const OWN = '127.0.0.1:5000'
const DIGEST = /sha256(:|%3A)[0-9a-f]{64}/g
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const plain = (lines: readonly string[]) =>
  lines.map((line) => line.replace(DIGEST, '<digest>').replace(UUID, '<upload>'))

describe('push', () => {
  it('sends layers, config and manifest, and says what the registry has', async () => {
    const tank = world()
    await pull(tank, 'busybox')
    await call(tank, 'POST', `/images/busybox/tag?repo=${OWN}/api/bb&tag=v1`)
    const before = tank.journal.entries.length
    const told = await push(tank, `${OWN}/api/bb`, 'v1')
    expect(told.status).toBe(200)
    expect([
      ...new Set(plain(statusesOf(told).filter(Boolean)).map((line) => line.replace(/size: \d+/, 'size: n'))),
    ]).toEqual([
      `The push refers to repository [${OWN}/api/bb]`,
      'Preparing',
      'Pushing',
      'Pushed',
      'v1: digest: <digest> size: n',
    ])
    const { aux } = told.lines.at(-1)
    expect(aux).toEqual({ Tag: 'v1', Digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), Size: expect.any(Number) })
    expect(plain(requestsOf(tank, before))).toEqual([
      `GET ${OWN}/v2/ 200`,
      `POST ${OWN}/v2/api/bb/blobs/uploads/ 202`,
      `PATCH ${OWN}/v2/api/bb/blobs/uploads/<upload> 202`,
      `PUT ${OWN}/v2/api/bb/blobs/uploads/<upload>?digest=<digest> 201`,
      `HEAD ${OWN}/v2/api/bb/blobs/<digest> 404`,
      `POST ${OWN}/v2/api/bb/blobs/uploads/ 202`,
      `PATCH ${OWN}/v2/api/bb/blobs/uploads/<upload> 202`,
      `PUT ${OWN}/v2/api/bb/blobs/uploads/<upload>?digest=<digest> 201`,
      `PUT ${OWN}/v2/api/bb/manifests/v1 201`,
    ])
    const again = await push(tank, `${OWN}/api/bb`, 'v1')
    expect(statusesOf(again)[2]).toBe('Layer already exists')
    expect((await call(tank, 'GET', `/images/${OWN}/api/bb:v1/json`)).json.RepoDigests).toContain(
      `${OWN}/api/bb@${aux.Digest}`,
    )
  })

  it('mounts what another repository of the registry has', async () => {
    const tank = world()
    await pull(tank, 'busybox')
    await call(tank, 'POST', '/images/busybox/tag?repo=good/app&tag=1')
    const told = await push(tank, 'good/app', '1', GOOD)
    expect(statusesOf(told)[2]).toBe('Mounted from library/busybox')
  })

  it('of all tags sends each', async () => {
    const tank = world()
    await pull(tank, 'busybox')
    for (const tag of ['a', 'b']) await call(tank, 'POST', `/images/busybox/tag?repo=${OWN}/x&tag=${tag}`)
    const told = await call(tank, 'POST', `/images/${OWN}/x/push`)
    expect(told.lines.flatMap(({ aux }) => (aux ? [aux.Tag] : []))).toEqual(['a', 'b'])
  })

  it.each([
    ['good/app', '1', undefined, 'denied: requested access to the resource is denied'],
    ['good/app', '1', { username: 'good', password: 'bad' }, 'unauthorized: incorrect username or password'],
    ['other/app', '1', GOOD, 'denied: requested access to the resource is denied'],
    ['library2', '1', GOOD, 'denied: requested access to the resource is denied'],
    [
      '127.0.0.1:1/x',
      '1',
      undefined,
      'Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused',
    ],
  ])('to %s:%s with %j says so in the stream', async (name, tag, auth, error) => {
    const tank = world()
    await pull(tank, 'busybox')
    await call(tank, 'POST', `/images/busybox/tag?repo=${name}&tag=${tag}`)
    const told = await push(tank, name, tag, auth)
    expect([told.status, told.lines.at(-1)]).toEqual([200, { errorDetail: { message: error }, error }])
  })

  it.each([
    [`${OWN}/api/bb`, 'nope', `tag does not exist: ${OWN}/api/bb:nope`],
    [`${OWN}/api/zz`, 'v1', `An image does not exist locally with the tag: ${OWN}/api/zz`],
    [`${OWN}/api/bb@sha256:${'0'.repeat(64)}`, '', 'cannot push a digest reference'],
  ])('of %s:%s has nothing to send', async (name, tag, error) => {
    const tank = world()
    await pull(tank, 'busybox')
    await call(tank, 'POST', `/images/busybox/tag?repo=${OWN}/api/bb&tag=v1`)
    const told = await call(tank, 'POST', `/images/${name}/push?tag=${tag}`)
    expect([told.status, told.lines.at(-1).error]).toEqual([200, error])
  })

  it('of a name that is none is refused', async () => {
    const told = await push(world(), 'BAD', '1')
    expect([told.status, told.json.message]).toEqual([
      400,
      'invalid reference format: repository name (library/BAD) must be lowercase',
    ])
  })
})

describe('laws', () => {
  const path = fc.stringMatching(/^[a-z]{1,8}$/)
  const layer = fc.uniqueArray(fc.tuple(path, fc.string({ maxLength: 200, unit: 'binary' })), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 4,
  })
  const images = fc.array(layer, { minLength: 1, maxLength: 4 }).map((layers) =>
    declareImage({
      created: seconds(1_700_000_000),
      config: { cmd: ['x'] },
      history: layers.map((_, i) => ({ createdBy: `step ${i}` })),
      layers: layers.map((files) => files.map(([name, text]) => file(name, text))),
    }),
  )

  it('what is pushed is pulled, byte for byte; every manifest’s blobs exist', async () => {
    await fc.assert(
      fc.asyncProperty(images, async (whole) => {
        const tank = world({ images: { [`${OWN}/a/b:1`]: whole }, hub: {} })
        const pushed = await push(tank, `${OWN}/a/b`, '1')
        expect(pushed.lines.at(-1).aux.Tag).toBe('1')
        const { content } = tank.hub.store.state
        for (const { bytes } of content.manifests.prefix(`${OWN}/`)) {
          const { config, layers } = JSON.parse(new TextDecoder().decode(bytes))
          for (const { digest, size } of [config, ...layers]) expect(sizeOf(content.blobs.get(digest)!)).toBe(size)
        }
        await call(tank, 'DELETE', `/images/${OWN}/a/b:1`)
        expect((await call(tank, 'GET', `/images/${whole.image.id}/json`)).status).toBe(404)
        await pull(tank, `${OWN}/a/b`, '1')
        const { images: store } = tank.engine.store.state
        const image = store.byId.get(whole.image.id)
        expect(image?.json).toEqual(whole.image.json)
        expect(image?.layers.map((diffId) => store.layers.get(diffId)?.tar)).toEqual(whole.layers.map(({ tar }) => tar))
      }),
      { numRuns: 15 },
    )
  })

  it('the same world asks and answers the same, and a fork goes its own way', async () => {
    const run = async () => {
      const tank = world({ hub: {} })
      const texts = [(await pull(tank, 'alpine')).text, (await pull(tank, 'nginx')).text]
      return [texts, requestsOf(tank)]
    }
    expect(await run()).toEqual(await run())
    const tank = world()
    await pull(tank, 'busybox')
    const fork = tank.fork()
    await call(fork, 'POST', '/images/busybox/tag?repo=good/app&tag=1')
    await push(fork, 'good/app', '1', GOOD)
    expect((await pull(fork, 'good/app', '1')).status).toBe(200)
    expect((await pull(tank, 'good/app', '1')).status).toBe(404)
  })
})
