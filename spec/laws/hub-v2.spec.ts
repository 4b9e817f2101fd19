import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/http/json-lines.ts'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { digestOf } from '../../src/storage/digest.ts'
import { ask, HUB, type Said } from '../hub/ask.ts'
import { push, registryToken } from '../hub/hub-api/client.ts'

const world = (seed: number): Wavetank => {
  const tank = createWavetank({
    seed,
    clock: 'manual',
    hub: {
      accounts: ['ann', 'bob'].map((name) => ({ name, password: 'secret' })),
      repositories: [{ name: 'ann/shut', visibility: 'private' }, { name: 'ann/open' }],
    },
  })
  for (const name of ['ann/shut', 'ann/open']) push(tank, 'ann', name, '1', `layer of ${name}`)
  return tank
}
const START = world(1)
const OTHER = world(2)

const NAMES = ['ann/shut', 'ann/open'] as const
type Name = (typeof NAMES)[number]
type Need = 'pull' | 'push' | 'delete'

/** Each way to a layer or a manifest, with what it needs. */
const WAYS: readonly (readonly [Need, (tank: Wavetank, name: Name, headers: Record<string, string>) => Said])[] = [
  ['pull', (tank, name, headers) => ask(tank, 'GET', blob(name), { headers })],
  ['pull', (tank, name, headers) => ask(tank, 'HEAD', blob(name), { headers })],
  ['pull', (tank, name, headers) => ask(tank, 'GET', blob(name), { headers: { ...headers, range: 'bytes=0-1' } })],
  ['pull', (tank, name, headers) => ask(tank, 'GET', `${HUB}/v2/${name}/manifests/1`, { headers })],
  ['pull', (tank, name, headers) => ask(tank, 'HEAD', `${HUB}/v2/${name}/manifests/1`, { headers })],
  ['pull', (tank, name, headers) => ask(tank, 'GET', `${HUB}/v2/${name}/tags/list`, { headers })],
  ['push', (tank, name, headers) => ask(tank, 'POST', `${HUB}/v2/${name}/blobs/uploads/`, { headers })],
  ['push', (tank, name, headers) => ask(tank, 'POST', whole(name), { headers, body: 'new' })],
  ['push', (tank, name, headers) => ask(tank, 'PUT', `${HUB}/v2/${name}/manifests/2`, { headers, body: '{}' })],
  ['delete', (tank, name, headers) => ask(tank, 'DELETE', blob(name), { headers })],
  ['delete', (tank, name, headers) => ask(tank, 'DELETE', `${HUB}/v2/${name}/manifests/1`, { headers })],
]

const blob = (name: Name) => `${HUB}/v2/${name}/blobs/${digestOf(utf8(`layer of ${name}`))}`
const whole = (name: Name) => `${HUB}/v2/${name}/blobs/uploads/?digest=${digestOf(utf8('new'))}`

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** A token that was good, but for one character. */
const forged = (token: string, at: number) => {
  const i = at % token.length
  return `${token.slice(0, i)}${token[i] === 'A' ? 'B' : 'A'}${token.slice(i + 1)}`
}

interface Shown {
  readonly words: string
  readonly headers: Record<string, string>
}

/** What opens nothing: none, another world's, one that ran out, a forged one, another repository's, one for less. */
const uselessFor = (tank: Wavetank, name: Name, need: Need) => {
  const other = name === 'ann/shut' ? 'ann/open' : 'ann/shut'
  const all = 'pull,push,delete'
  const less = all.replace(need, 'x')
  const good = registryToken(tank, 'ann', name, all)
  return fc.oneof(
    fc.constantFrom<Shown>(
      { words: 'nothing', headers: {} },
      { words: 'another world’s', headers: bearer(registryToken(OTHER, 'ann', name, all)) },
      { words: 'another repository’s', headers: bearer(registryToken(tank, 'ann', other, all)) },
      { words: 'one for less', headers: bearer(registryToken(tank, 'ann', name, less)) },
      { words: 'a stranger’s', headers: bearer(registryToken(tank, 'bob', 'ann/shut', all)) },
      { words: 'a password', headers: { authorization: `Basic ${btoa('ann:secret')}` } },
    ),
    fc.nat().map((at): Shown => ({ words: `forged at ${at}`, headers: bearer(forged(good, at)) })),
  )
}

/** The last character of base64url may say the same in two ways. */
const isSame = (headers: Record<string, string>, good: string) =>
  headers.authorization?.slice(0, -1) === bearer(good).authorization.slice(0, -1)

describe('a layer of registry v2', () => {
  const cases = fc
    .record({ name: fc.constantFrom(...NAMES), way: fc.constantFrom(...WAYS) })
    .chain((one) => uselessFor(START, one.name, one.way[0]).map((shown) => ({ ...one, shown })))

  it('is neither served nor stored without a token that is good for it', () => {
    fc.assert(
      fc.property(cases, ({ name, way: [need, send], shown }) => {
        const tank = START.fork()
        fc.pre(!isSame(shown.headers, registryToken(tank, 'ann', name, 'pull,push,delete')))
        const before = tank.hub.store.state
        const said = send(tank, name, shown.headers)
        expect([said.status, said.headers['www-authenticate']?.split(' ')[0]]).toEqual([401, 'Bearer'])
        expect(said.text).not.toContain('layer of')
        expect(tank.hub.store.state.content).toBe(before.content)
        // … which it would have been, or refused for another reason, by one that is.
        const good = send(START.fork(), name, bearer(registryToken(START, 'ann', name, `pull,${need}`)))
        expect(good.status).not.toBe(401)
      }),
      { numRuns: 400 },
    )
  })

  it('is not served once the token has run out', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.constantFrom(...WAYS),
        fc.integer({ min: 0, max: 600 }),
        (name, way, seconds) => {
          const tank = START.fork()
          const headers = bearer(registryToken(tank, 'ann', name, 'pull,push,delete'))
          tank.clock.advance(seconds * 1000)
          expect(way[1](tank, name, headers).status === 401).toBe(seconds >= 300)
        },
      ),
      { numRuns: 100 },
    )
  })
})
