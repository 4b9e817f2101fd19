import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/http/json-lines.ts'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { digestOf } from '../../src/storage/digest.ts'
import { gzip } from '../../src/storage/gzip/gzip.ts'
import { ask, type Said } from './ask.ts'

/** A line of `fixtures/wire`: what a real docker sent, and what it got. */
interface Exchange {
  readonly to: 'index' | 'registry'
  readonly method: string
  readonly target: string
  readonly request: Readonly<Record<string, string>>
  readonly body?: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly answer?: string
}

const exchangesOf = (name: string): Exchange[] =>
  readFileSync(join(import.meta.dirname, `../../fixtures/wire/${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Exchange)

/** The registry's own questions to the Index stand between the client's in one of the recordings. */
const isInner = ({ request }: Exchange) => !request.host!.endsWith('.docker.io')

const world = (single: boolean): Wavetank =>
  createWavetank({
    clock: 'manual',
    record: true,
    hub: {
      catalog: [],
      v2: false,
      ...(single ? { v1: { tokens: 'single-use' } } : {}),
      accounts: [
        { name: 'alice', password: 'secret1', email: 'a@x.io' },
        { name: 'carol', password: 'secret1', email: 'c@x.io', active: false },
      ],
    },
  })

/** Says again what was recorded, with the tokens and cookies of this world, and with bodies where they were cut short. */
class Replay {
  readonly tank: Wavetank
  readonly #parents: ReadonlyMap<string, string>
  /** By tag, as the Index was told. */
  readonly #tagged: ReadonlyMap<string, string>
  /** What was recorded → what it is here. */
  readonly #ours = new Map<string, string>()
  readonly #sent = new Map<string, { json: string; layer: Uint8Array }>()

  constructor(exchanges: readonly Exchange[], single: boolean) {
    this.tank = world(single)
    const texts = exchanges.flatMap(({ body = '', answer = '' }) => [body, answer])
    this.#tagged = Replay.#tagsIn(texts)
    this.#parents = new Map(
      texts.flatMap((text) => {
        const found = /^\{"id":"([0-9a-f]{64})","parent":"([0-9a-f]{64})"/.exec(text)
        return found ? [[found[1]!, found[2]!] as const] : []
      }),
    )
  }

  static #tagsIn(texts: readonly string[]): Map<string, string> {
    return new Map(
      texts.flatMap((text) =>
        [...text.matchAll(/"id":"([0-9a-f]{64})","Tag":"([^"]+)"/g)].map(([, id, tag]) => [tag!, id!] as const),
      ),
    )
  }

  send(exchange: Exchange): Said {
    const { to, method, target, request } = exchange
    const { 'content-length': _, 'transfer-encoding': __, ...headers } = request
    const translated = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, this.#translate(value)]),
    )
    const url = `https://${to === 'index' ? 'index' : 'registry-1'}.docker.io${target}`
    const said = ask(this.tank, method, url, { ...this.#content(exchange, translated) })
    this.#learn(exchange, said)
    return said
  }

  #translate(text: string): string {
    return [...this.#ours].reduce((all, [recorded, ours]) => all.replaceAll(recorded, ours), text)
  }

  #content({ method, target, body = '' }: Exchange, headers: Record<string, string>) {
    const [, id = '', what] = /^\/v1\/images\/([0-9a-f]{64})\/(\w+)$/.exec(target) ?? []
    const [, tag] = /\/tags\/([^/]+)$/.exec(target) ?? []
    if (method === 'PUT' && tag !== undefined) return { headers, body: JSON.stringify(this.#tagged.get(tag)) }
    if (method !== 'PUT' || what === undefined) return { headers, body }
    const parent = this.#parents.get(id)
    const json = JSON.stringify({ id, ...(parent === undefined ? {} : { parent }), docker_version: '1.6.2' })
    const image = this.#sent.get(id) ?? { json, layer: gzip(utf8(`layer of ${id}`)) }
    this.#sent.set(id, image)
    if (what === 'json') return { headers, body: image.json }
    if (what === 'layer') return { headers, body: image.layer }
    const checksum = digestOf(image.json, '\n', image.layer)
    return { headers: { ...headers, 'x-docker-checksum-payload': checksum }, body: '' }
  }

  #learn({ headers }: Exchange, said: Said): void {
    const signature = (text = '') => /signature=(\w+)/.exec(text)?.[1]
    const session = (text = '') => /session=([^;]+)/.exec(text)?.[1]
    for (const [recorded, ours] of [
      [signature(headers['x-docker-token']), signature(said.headers['x-docker-token'])],
      [session(headers['set-cookie']), session(said.headers['set-cookie'])],
    ])
      if (recorded !== undefined && ours !== undefined) this.#ours.set(recorded, ours)
  }

  sent(id: string) {
    return this.#sent.get(id)!
  }
}

/** Headers that are the protocol, as far as they must be the same. */
const shape = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    [
      'www-authenticate',
      'x-docker-token',
      'x-docker-endpoints',
      'set-cookie',
      'accept-ranges',
      'x-docker-size',
      'x-docker-checksum-payload',
      'cache-control',
      'last-modified',
    ].flatMap((name) => {
      const value = headers[name]
      return value === undefined ? [] : [[name, shapeOf(name, value)]]
    }),
  )

function shapeOf(name: string, value: string): string {
  if (name === 'x-docker-size') return 'bytes'
  return value
    .replace(/^\["(.*)"\]$/, '$1')
    .replace(/signature=[0-9a-f]{40}/, 'signature=…')
    .replace(/session=[^;]+/, 'session=…')
    .replace(/sha256:[0-9a-f]{64}/, 'sha256:…')
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The recorder's own server told less of its headers than the genuine registry did. */
function compareHeaders({ headers, status }: Exchange, said: Said): void {
  const expected = shape(headers)
  if ('content-length' in headers && status !== 304) expect(shape(said.headers)).toMatchObject(expected)
  else {
    const { 'cache-control': _, 'last-modified': __, ...ours } = shape(said.headers)
    expect(ours).toEqual(expected)
  }
}

function compareBody(replay: Replay, { method, target, answer = '' }: Exchange, said: Said): void {
  const [, id = '', what] = /^\/v1\/images\/([0-9a-f]{64})\/(\w+)$/.exec(target) ?? []
  if (method === 'GET' && what === 'json' && said.status === 200) expect(said.text).toBe(replay.sent(id).json)
  else if (method === 'GET' && what === 'layer') expect(said.text).toBe(new TextDecoder().decode(replay.sent(id).layer))
  else if (target.startsWith('/v1/search')) {
    const recorded = JSON.parse(answer) as { results: readonly object[] }
    expect(said.json).toMatchObject(recorded)
  } else expect(parse(said.text)).toEqual(parse(answer))
}

describe.each([
  ['docker-1.3.3', false],
  ['docker-1.6.2', false],
  ['docker-1.6.2-single-use', true],
  ['docker-1.6.2-docker-registry', false],
] as const)('what %s sent', (name, single) => {
  const exchanges = exchangesOf(name)

  it('is answered as it was, one request after the other', () => {
    const replay = new Replay(exchanges, single)
    for (const exchange of exchanges.filter((one) => !isInner(one))) {
      const said = replay.send(exchange)
      const label = `${exchange.method} ${exchange.target}`
      expect(`${label} ${said.status}`).toBe(`${label} ${exchange.status}`)
      compareHeaders(exchange, said)
      compareBody(replay, exchange, said)
    }
  })
})

describe('the registry that docker 1.6.2 spoke to', () => {
  it('asks the Index what the genuine one asked it', () => {
    const exchanges = exchangesOf('docker-1.6.2-docker-registry')
    const replay = new Replay(exchanges, false)
    for (const exchange of exchanges.filter((one) => !isInner(one))) replay.send(exchange)
    const asked = replay.tank.journal.entries.flatMap((entry) =>
      entry.kind === 'request' && entry.from === 'hub' ? [`${entry.method} ${entry.target} ${entry.status}`] : [],
    )
    expect(asked).toEqual(
      exchanges.filter(isInner).map(({ method, target, status }) => `${method} ${target} ${status}`),
    )
  })
})
