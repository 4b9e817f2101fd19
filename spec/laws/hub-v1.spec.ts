import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/http/json-lines.ts'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { gzip } from '../../src/storage/gzip/gzip.ts'
import { ask, type Said } from '../hub/ask.ts'
import {
  ALICE,
  allocate,
  BOBBY,
  bearing,
  checksumOf,
  type Headers,
  INDEX,
  type Made,
  REGISTRY,
  readToken,
  type Step,
  send,
  tagStep,
  tokenOf,
  uploadSteps,
} from '../hub/v1.ts'

const world = (hub = {}): Wavetank =>
  createWavetank({
    clock: 'manual',
    hub: {
      catalog: [],
      accounts: [
        { name: 'alice', password: 'secret1' },
        { name: 'bobby', password: 'secret1' },
      ],
      repositories: [{ name: 'alice/shut', visibility: 'private' }],
      ...hub,
    },
  })

/** A chain of images, root first, each with bytes of its own. */
const chain = fc
  .array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 4 })
  .chain((layers) => fc.tuple(fc.constant(layers), fc.boolean(), fc.integer({ min: 1, max: 0xffff })))
  .map(([layers, packed, salt]): Made[] => {
    const ids = layers.map((_, i) => (salt * 16 + i).toString(16).padStart(64, '0'))
    return layers.map((layer, i) => ({
      id: ids[i]!,
      json: JSON.stringify({ id: ids[i], ...(i > 0 ? { parent: ids[i - 1] } : {}), comment: `é ${i}` }),
      layer: packed ? gzip(layer) : layer,
    }))
  })

const list = (images: readonly Made[]) => images.map(({ id }) => ({ id }))

/** All that docker sends for a push, after the Index gave the token. */
const pushSteps = (name: string, images: readonly Made[], token: string): Step[] => [
  ...images.flatMap((image) => uploadSteps(image, bearing(token))),
  tagStep(name, 'latest', images.at(-1)!.id, bearing(token)),
  { method: 'PUT', url: `${INDEX}/repositories/${name}/images`, headers: ALICE, body: '[]' },
]

/** What a reader of v1 sees of a repository: each tag with all of its images; refuses to see half of one. */
function seen(tank: Wavetank, name: string, who: Headers = {}): Record<string, { json: string; layer: Uint8Array }[]> {
  const headers = bearing(readToken(tank, name, who))
  const get = (path: string) => ask(tank, 'GET', `${REGISTRY}/${path}`, { headers })
  const tags = get(`repositories/${name}/tags`)
  if (tags.status !== 200) return {}
  return Object.fromEntries(
    Object.entries(tags.json as Record<string, string>).map(([tag, id]) => {
      const ancestry = get(`images/${id}/ancestry`)
      expect(ancestry.status).toBe(200)
      return [
        tag,
        (ancestry.json as string[]).toReversed().map((one) => {
          const [json, layer] = [get(`images/${one}/json`), get(`images/${one}/layer`)]
          expect([json.status, layer.status]).toEqual([200, 200])
          const checksum = json.headers['x-docker-checksum-payload']
          const bytes = bytesOf(tank, `${REGISTRY}/images/${one}/layer`, headers)
          expect(checksum).toBe(checksumOf({ id: one, json: json.text, layer: bytes }))
          return { json: json.text, layer: bytes }
        }),
      ]
    }),
  )
}

function bytesOf(tank: Wavetank, url: string, headers: Headers): Uint8Array {
  const [, origin = '', target = ''] = /^(https?:\/\/[^/]*)(.*)$/.exec(url)!
  const served = tank.serve({ method: 'GET', target, origin, headers, body: new Uint8Array() })
  if (served.kind !== 'answer') throw new Error('not answered at once')
  return Uint8Array.from(served.answer.body.flatMap((part) => [...part]))
}

/** What a reader of v2 sees. */
function layersByV2(tank: Wavetank, name: string): Uint8Array[] {
  const scope = `repository:${name}:pull`
  const { token } = ask(tank, 'GET', `https://auth.docker.io/token?scope=${scope}`).json
  const headers = { authorization: `Bearer ${token}` }
  const url = `https://registry-1.docker.io/v2/${name}`
  const manifest = ask(tank, 'GET', `${url}/manifests/latest`, { headers }).json
  return manifest.layers.map(({ digest }: { digest: string }) => bytesOf(tank, `${url}/blobs/${digest}`, headers))
}

describe('push then pull', () => {
  it('gives the same bytes, by v1 and by v2', () => {
    fc.assert(
      fc.property(chain, (images) => {
        const tank = world()
        const token = tokenOf(allocate(tank, 'alice/bb', list(images)))
        for (const step of pushSteps('alice/bb', images, token)) expect(send(tank, step).status).toBeLessThan(300)
        const { latest } = seen(tank, 'alice/bb')
        expect(latest).toEqual(images.map(({ json, layer }) => ({ json, layer: Uint8Array.from(layer) })))
        expect(layersByV2(tank, 'alice/bb')).toEqual(images.map(({ layer }) => Uint8Array.from(layer)))
      }),
    )
  })

  it('gives by v1 the layers that came by v2', () => {
    fc.assert(
      fc.property(chain, (images) => {
        const tank = world()
        const token = tokenOf(allocate(tank, 'alice/bb', list(images)))
        for (const step of pushSteps('alice/bb', images, token)) send(tank, step)
        copyByV2(tank, 'alice/bb', 'alice/cc')
        const { latest = [] } = seen(tank, 'alice/cc')
        expect(latest.map(({ layer }) => layer)).toEqual(images.map(({ layer }) => Uint8Array.from(layer)))
      }),
      { numRuns: 40 },
    )
  })
})

/** What a client of today does to copy an image. */
function copyByV2(tank: Wavetank, from: string, to: string): void {
  const asking = `scope=repository:${from}:pull&scope=repository:${to}:pull,push`
  const { token } = ask(tank, 'GET', `https://auth.docker.io/token?${asking}`, { headers: ALICE }).json
  const headers = { authorization: `Bearer ${token}` }
  const registry = 'https://registry-1.docker.io/v2'
  const manifest = ask(tank, 'GET', `${registry}/${from}/manifests/latest`, { headers })
  for (const { digest } of [manifest.json.config, ...manifest.json.layers])
    ask(tank, 'POST', `${registry}/${to}/blobs/uploads/?mount=${digest}&from=${from}`, { headers })
  const type = { 'content-type': manifest.headers['content-type']! }
  const put = ask(tank, 'PUT', `${registry}/${to}/manifests/latest`, {
    headers: { ...headers, ...type },
    body: manifest.text,
  })
  expect(put.status).toBe(201)
}

describe('a push that is cut off', () => {
  it('leaves what was there, and no half image, after any of its requests', () => {
    fc.assert(
      fc.property(chain, chain, fc.nat(), (old, images, cut) => {
        const tank = world()
        const ids = new Set(old.map(({ id }) => id))
        fc.pre(images.every(({ id }) => !ids.has(id)))
        for (const step of pushSteps('alice/bb', old, tokenOf(allocate(tank, 'alice/bb', list(old))))) send(tank, step)
        const before = seen(tank, 'alice/bb')
        const steps = pushSteps('alice/bb', images, tokenOf(allocate(tank, 'alice/bb', list(images))))
        const tagged = steps.length - 2
        const sent = cut % (steps.length + 1)
        for (const step of steps.slice(0, sent)) send(tank, step)
        const after = seen(tank, 'alice/bb')
        if (sent <= tagged) expect(after).toEqual(before)
        else expect(after.latest).toHaveLength(images.length)
        for (const step of steps.slice(sent)) expect(send(tank, step).status).toBeLessThan(300)
      }),
    )
  })
})

describe('two pushes at once', () => {
  it('end as one after the other would have ended', () => {
    fc.assert(
      fc.property(chain, chain, fc.array(fc.boolean(), { maxLength: 40 }), (one, two, turns) => {
        const ids = new Set(one.map(({ id }) => id))
        fc.pre(two.every(({ id }) => !ids.has(id)))
        const tank = world()
        const queues = [one, two].map((images) =>
          pushSteps('alice/bb', images, tokenOf(allocate(tank, 'alice/bb', list(images)))),
        )
        for (const turn of turns) {
          const step = queues[turn ? 1 : 0]!.shift()
          if (step) expect(send(tank, step).status).toBeLessThan(300)
        }
        for (const step of queues.flat()) expect(send(tank, step).status).toBeLessThan(300)
        const results = [one, two].map((images) =>
          images.map(({ json, layer }) => ({ json, layer: Uint8Array.from(layer) })),
        )
        expect(results).toContainEqual(seen(tank, 'alice/bb').latest)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a tag', () => {
  it('always resolves, whatever is put in whatever order', () => {
    fc.assert(
      fc.property(chain, fc.array(fc.nat(), { maxLength: 30 }), (images, order) => {
        const tank = world()
        const token = tokenOf(allocate(tank, 'alice/bb', list(images)))
        const steps = [
          ...images.flatMap((image) => uploadSteps(image, bearing(token))),
          ...images.map(({ id }, i) => tagStep('alice/bb', `t${i}`, id, bearing(token))),
          { method: 'DELETE', url: `${REGISTRY}/repositories/alice/bb/tags/t0`, headers: bearing(token), body: '' },
        ]
        for (const pick of order) send(tank, steps[pick % steps.length]!)
        for (const chainSeen of Object.values(seen(tank, 'alice/bb'))) expect(chainSeen.length).toBeGreaterThan(0)
      }),
    )
  })
})

/** Any token that somebody might hold, and what it is good for; `undefined`: for nothing. */
type Held = { readonly token: string; readonly repository?: string; readonly access?: 'read' | 'write' }

describe('a token', () => {
  const images: Made[] = [{ id: 'a'.repeat(64), json: JSON.stringify({ id: 'a'.repeat(64) }), layer: utf8('secret') }]
  const fresh = { id: 'b'.repeat(64), json: JSON.stringify({ id: 'b'.repeat(64) }), layer: utf8('new') }
  const NAMES = ['alice/bb', 'alice/shut'] as const

  function stocked(hub = {}): Wavetank {
    const tank = world(hub)
    for (const name of NAMES)
      for (const step of pushSteps(name, images, tokenOf(allocate(tank, name, list(images))))) send(tank, step)
    return tank
  }

  function held(tank: Wavetank): Held[] {
    const good = NAMES.flatMap((repository): Held[] => [
      { token: readToken(tank, repository, ALICE), repository, access: 'read' },
      { token: tokenOf(allocate(tank, repository, list([...images, fresh]))), repository, access: 'write' },
    ])
    const bad = good.flatMap(({ token }) => [
      token.replace(/signature=./, 'signature=g'),
      token.replace('access=read', 'access=write'),
      token.replace('access=write', 'access=read'),
      token.replace(/signature=\w+/, ''),
    ])
    const other = createWavetank({
      clock: 'manual',
      seed: 'elsewhere',
      hub: { catalog: [], repositories: [{ name: 'alice/bb' }] },
    })
    return [
      ...good,
      ...bad.filter((token) => !good.some((one) => one.token === token)).map((token) => ({ token })),
      { token: readToken(other, 'alice/bb') },
      { token: readToken(tank, 'alice/shut', BOBBY) },
      { token: '' },
    ]
  }

  it('is needed for each layer that is served, and for each that is stored', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('GET', 'PUT', 'HEAD'), fc.boolean(), (which, method, late) => {
        const tank = stocked()
        const all = held(tank)
        const { token, access } = all[which % all.length]!
        if (late) tank.clock.advance(600_000)
        const before = tank.hub.store.state.registryV1
        const id = method === 'PUT' ? fresh.id : images[0]!.id
        const good = !late && access === (method === 'PUT' ? 'write' : 'read')
        const headers = token === '' ? {} : bearing(token)
        const said: Said[] = ['json', 'layer'].map((what) =>
          ask(tank, method, `${REGISTRY}/images/${id}/${what}`, {
            headers,
            body: method !== 'PUT' ? '' : what === 'json' ? fresh.json : fresh.layer,
          }),
        )
        expect(said.map(({ status }) => status)).toEqual(good ? [200, 200] : [401, 401])
        expect(tank.hub.store.state.registryV1 === before).toBe(!good || method !== 'PUT')
        for (const { text } of said) expect(text.includes('secret')).toBe(good && method === 'GET' && text === 'secret')
      }),
    )
  })

  it('for a single use is spent once: of all who show it, without a cookie, one is let in', () => {
    const path = fc.constantFrom('tags', 'tags/latest', 'json', 'properties')
    const wrong = fc.constantFrom('PUT', 'DELETE')
    const request = fc.oneof(
      path.map((what) => ['GET', what] as const),
      wrong.map((method) => [method, 'tags/latest'] as const),
    )
    fc.assert(
      fc.property(fc.array(request, { maxLength: 8 }), (requests) => {
        const tank = world({ v1: { tokens: 'single-use' } })
        allocate(tank, 'alice/bb', [])
        const headers = bearing(readToken(tank, 'alice/bb'))
        const admitted = requests.filter(
          ([method, what]) =>
            ask(tank, method, `${REGISTRY}/repositories/alice/bb/${what}`, { headers }).status !== 401,
        )
        expect(admitted).toEqual(requests.filter(([method]) => method === 'GET').slice(0, 1))
      }),
    )
  })
})

describe('the same requests', () => {
  it('give the same tokens and bytes in each world of a seed', () => {
    fc.assert(
      fc.property(chain, (images) => {
        const run = () => {
          const tank = world()
          const token = tokenOf(allocate(tank, 'alice/bb', list(images)))
          return [token, ...pushSteps('alice/bb', images, token).map((step) => send(tank, step))]
        }
        expect(run()).toEqual(run())
      }),
      { numRuns: 20 },
    )
  })

  it('leave a fork alone', () => {
    fc.assert(
      fc.property(chain, (images) => {
        const tank = world()
        const token = tokenOf(allocate(tank, 'alice/bb', list(images)))
        const fork = tank.fork()
        for (const step of pushSteps('alice/bb', images, token)) send(fork, step)
        expect(seen(tank, 'alice/bb')).toEqual({})
        expect(Object.keys(seen(fork, 'alice/bb'))).toEqual(['latest'])
      }),
      { numRuns: 20 },
    )
  })
})
