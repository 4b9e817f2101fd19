import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/http/json-lines.ts'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { gzip } from '../../../src/storage/gzip/gzip.ts'
import { ask, OWN, type Said } from '../ask.ts'
import {
  ALICE,
  allocate,
  BOBBY,
  bearing,
  checksumOf,
  type Headers,
  idOf,
  made,
  push,
  REGISTRY,
  readToken,
  send,
  tagStep,
  tokenOf,
  uploadSteps,
} from '../v1.ts'

const OWN_V1 = `${OWN}/v1`
const [A, B, C] = [idOf('a'), idOf('b'), idOf('c')]

const world = (hub = {}) =>
  createWavetank({
    clock: 'manual',
    registries: ['127.0.0.1:5000'],
    hub: { catalog: [], accounts: [{ name: 'alice', password: 'secret1' }], ...hub },
  })

let tank: Wavetank
beforeEach(() => {
  tank = world()
})

const told = ({ status, text }: Said) => [status, text]
const image = (method: string, path: string, body: string | Uint8Array = '', headers = {}): Said =>
  ask(tank, method, `${OWN_V1}/images/${path}`, { body, headers })
const error = (text: string) => JSON.stringify({ error: text }).replace('":"', '": "')
const payload = (checksum: string) => ({ 'x-docker-checksum-payload': checksum })

describe('the JSON of an image', () => {
  it.each([
    ['an id that is none', 'xyz', '{"id":"xyz"}', 404, 'Invalid image ID'],
    ['no JSON', A, 'x', 400, 'Invalid JSON'],
    ['nothing', A, '', 400, 'Invalid JSON'],
    ['a list', A, '[]', 400, 'Invalid JSON'],
    ['an empty object', A, '{}', 400, 'Invalid JSON'],
    [
      'depth without end',
      A,
      `{"id":"${A}","config":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      400,
      'Invalid JSON',
    ],
    ['no id in it', A, '{"a":1}', 400, "Missing key `id' in JSON"],
    ['another id', A, JSON.stringify({ id: B }), 400, 'JSON data contains invalid id'],
    ['a parent that is not there', B, made('b', 'a').json, 400, 'Image depends on a non existing parent'],
    ['itself for a parent', A, made('a', 'a').json, 400, 'Image depends on a non existing parent'],
  ])('is refused with %s', (_, id, body, status, words) => {
    expect(told(image('PUT', `${id}/json`, body))).toEqual([status, error(words)])
    expect(image('GET', `${A}/json`).status).toBe(404)
  })

  it('begins the upload; it may begin again, till the image is there', () => {
    const one = made('a')
    for (const _ of [1, 2]) expect(told(image('PUT', `${A}/json`, one.json))).toEqual([200, 'true'])
    for (const what of ['json', 'layer', 'ancestry', 'files', 'diff'])
      expect(told(image('GET', `${A}/${what}`))).toEqual([400, error('Image is being uploaded, retry later')])
    for (const step of uploadSteps(one, {}, OWN_V1).slice(1)) expect(told(send(tank, step))).toEqual([200, 'true'])
    expect(told(image('PUT', `${A}/json`, one.json))).toEqual([409, '{"error": "Image already exists"}'])
    expect(told(image('PUT', `${A}/layer`, 'x'))).toEqual([409, '{"error": "Image already exists"}'])
  })

  it('drops the layer of an earlier try', () => {
    const one = made('a')
    for (const step of uploadSteps(one, {}, OWN_V1).slice(0, 2)) send(tank, step)
    send(tank, uploadSteps(one, {}, OWN_V1)[0]!)
    expect(told(send(tank, uploadSteps(one, {}, OWN_V1)[2]!))).toEqual([400, error('Checksum mismatch')])
  })

  it('says that no cache shall keep the answer', () => {
    expect(image('PUT', `${A}/json`, made('a').json).headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-cache',
      expires: '-1',
      pragma: 'no-cache',
    })
  })
})

describe('a layer', () => {
  it('comes after its JSON', () => {
    expect(told(image('PUT', `${A}/layer`, 'x'))).toEqual([404, error('Image not found')])
  })
})

describe('a checksum', () => {
  const vector = { id: A, json: `{"id":"${A}"}`, layer: utf8('layer-bytes-A') }
  const begin = (layer: Uint8Array = vector.layer, headers = {}, registry = OWN_V1) => {
    for (const step of uploadSteps({ ...vector, layer }, headers, registry).slice(0, 2)) send(tank, step)
  }

  it('is that of the JSON, a newline and the layer', () => {
    expect(checksumOf(vector)).toBe('sha256:421e3e1c05c17ca902b60d63df7d4e4c5bf6d0c33a2f2463b2ffd910401ff7f4')
    begin()
    expect(told(image('PUT', `${A}/checksum`, '', payload('sha256:00')))).toEqual([400, error('Checksum mismatch')])
    expect(told(image('PUT', `${A}/checksum`, '', payload(checksumOf(vector))))).toEqual([200, 'true'])
    expect(told(image('PUT', `${A}/checksum`, '', payload(checksumOf(vector))))).toEqual([
      409,
      error('Cannot set this image checksum'),
    ])
  })

  it('is refused when it is not told, empty, of no image, of no layer', () => {
    const put = (headers = {}) => told(image('PUT', `${A}/checksum`, '', headers))
    const notSet =
      'X-Docker-Checksum-Payload not set.  If you are using the Docker daemon, you should upgrade to version 0.10 or later'
    expect(put()).toEqual([412, error(notSet)])
    expect(put({ 'x-docker-checksum': 'tarsum+sha256:00' })).toEqual([412, error(notSet)])
    expect(put(payload(''))).toEqual([400, error("Missing Image's checksum")])
    expect(put(payload('sha256:00'))).toEqual([404, error('Image not found')])
    image('PUT', `${A}/json`, vector.json)
    expect(put(payload('sha256:00'))).toEqual([400, error('Checksum mismatch')])
  })

  it.each([
    ['tarsum', 'tarsum+sha256:f5be4e8ad0cc73e036dbb8898a459b0356317f4e686ec3827eba0a46349e7ce9'],
    ['tarsum.v1', 'tarsum.v1+sha256:c7110b7a4933ee73a45cceedfbdab9a1d484293c5dfd59a9b48c1425bf095044'],
    ['payload', 'sha256:a49c17847ebb56f576b1f6676a1668fab70692ae28e36a96380b39bc9e37dabb'],
  ])('may be a %s where the registry is of before 0.7, of the archive as it is', (version, checksum) => {
    tank = world({ v1: { tokens: 'single-use' } })
    const tar = new Uint8Array(readFileSync(join(import.meta.dirname, '../../../fixtures/wire/tarsum-vector.tar')))
    const layer = version === 'payload' ? tar : gzip(tar)
    const headers = bearing(tokenOf(allocate(tank, 'alice/bb', [{ id: A }])))
    const first = send(tank, uploadSteps({ ...vector, layer }, headers, REGISTRY)[0]!)
    const cookie = { cookie: first.headers['set-cookie']!.split(';')[0]! }
    begin(layer, cookie, REGISTRY)
    const put = (told: string) =>
      ask(tank, 'PUT', `${REGISTRY}/images/${A}/checksum`, { headers: { ...cookie, 'x-docker-checksum': told } })
    expect(put(checksum.replace(/.$/, '0')).status).toBe(400)
    expect(told(put(checksum))).toEqual([200, 'true'])
  })
})

describe('a tag', () => {
  const tag = (name: string, body: string) =>
    told(ask(tank, 'PUT', `${OWN_V1}/repositories/foo/bar/tags/${name}`, { body }))

  it('names an image that is there, whole, down to its root', () => {
    expect(tag('v1', JSON.stringify(A))).toEqual([404, error('Image not found')])
    expect(tag('v1', '{}')).toEqual([400, error('Invalid data')])
    expect(tag('.bad', JSON.stringify(A))).toEqual([
      400,
      '{"error": "Invalid tag name (must match ^[\\\\w][\\\\w.-]{0,127}$)"}',
    ])
    const [one, two] = [made('a'), made('b', 'a')]
    send(tank, uploadSteps(one, {}, OWN_V1)[0]!)
    for (const step of uploadSteps(two, {}, OWN_V1)) expect(send(tank, step).status).toBe(200)
    expect(tag('v1', JSON.stringify(B))).toEqual([400, error('Image is being uploaded, retry later')])
    for (const step of uploadSteps(one, {}, OWN_V1)) send(tank, step)
    expect(tag('v1', JSON.stringify(B))).toEqual([200, 'true'])
  })
})

describe('on the Hub', () => {
  it('only images are taken that the Index was told of', () => {
    const headers = bearing(tokenOf(allocate(tank, 'alice/bb', [{ id: A }])))
    for (const step of uploadSteps(made('a'), headers)) expect(send(tank, step).status).toBe(200)
    expect(told(send(tank, uploadSteps(made('c'), headers)[0]!))).toEqual([
      400,
      error('This image does not belong to the repository'),
    ])
  })

  it('the Index is asked whether what is below may be built upon', () => {
    push(tank, 'alice/secret', [made('a')])
    const headers = bearing(tokenOf(allocate(tank, 'alice/bb', [{ id: B }])))
    expect(told(send(tank, uploadSteps(made('b', 'a'), headers)[0]!))).toEqual([
      400,
      error('Image depends on an unauthorized parent'),
    ])
    const asked = tank.journal.entries.flatMap((entry) => (entry.kind === 'request' ? [entry] : []))
    expect(asked.slice(-2).map(({ from, to, target, status }) => [from, to, target, status])).toEqual([
      ['hub', 'index.docker.io', '/v1/repositories/alice/bb/images', 200],
      ['hub', 'index.docker.io', `/v1/repositories/alice/bb/layer/${A}/access`, 200],
    ])
  })

  it('nothing of a private repository is had by whoever knows its id, and no image is lost with another repository', () => {
    tank = world({
      accounts: [
        { name: 'alice', password: 'secret1' },
        { name: 'bobby', password: 'secret1' },
      ],
      repositories: [{ name: 'alice/shut', visibility: 'private' }],
    })
    push(tank, 'alice/shut', [made('a')])
    const theft = bearing(tokenOf(allocate(tank, 'bobby/bb', [{ id: A }, { id: B }], BOBBY)))
    expect(send(tank, tagStep('bobby/bb', 'latest', A, theft)).status).toBe(404)
    expect(told(send(tank, uploadSteps(made('b', 'a'), theft)[0]!))).toEqual([
      400,
      error('Image depends on a non existing parent'),
    ])
    const read = bearing(readToken(tank, 'bobby/bb'))
    expect(ask(tank, 'GET', `${REGISTRY}/images/${A}/layer`, { headers: read }).status).toBe(404)
    push(tank, 'bobby/bb', [made('a', undefined, 'own')], 'latest', BOBBY)
    const own = bearing(readToken(tank, 'bobby/bb'))
    expect(ask(tank, 'GET', `${REGISTRY}/images/${A}/layer`, { headers: own }).text).toBe('own')

    const child = bearing(tokenOf(allocate(tank, 'alice/child', [{ id: A }, { id: C }])))
    for (const step of [...uploadSteps(made('c', 'a'), child), tagStep('alice/child', 'v1', C, child)])
      expect(send(tank, step).status).toBe(200)
    const properties = {
      headers: bearing(tokenOf(allocate(tank, 'bobby/bb', [], BOBBY))),
      body: '{"access":"private"}',
    }
    expect(ask(tank, 'PUT', `${REGISTRY}/repositories/bobby/bb/properties`, properties).status).toBe(200)
    const children = bearing(readToken(tank, 'alice/child'))
    expect(ask(tank, 'GET', `${REGISTRY}/images/${A}/layer`, { headers: children }).text).toBe('own')
  })

  it('images that are there need not be sent again', () => {
    push(tank, 'alice/bb', [made('a'), made('b', 'a')])
    const headers = bearing(tokenOf(allocate(tank, 'alice/cc', [{ id: A }, { id: C }])))
    expect(told(send(tank, uploadSteps(made('a'), headers)[0]!))).toEqual([409, '{"error": "Image already exists"}'])
    for (const step of uploadSteps(made('c', 'a'), headers)) expect(send(tank, step).status).toBe(200)
    expect(send(tank, tagStep('alice/cc', 'latest', C, headers)).status).toBe(200)
    const token = readToken(tank, 'alice/cc')
    expect(ask(tank, 'GET', `${REGISTRY}/images/${C}/ancestry`, { headers: bearing(token) }).text).toBe(
      `["${C}", "${A}"]`,
    )
  })
})

describe('a registry of one’s own that is locked', () => {
  const locked = (kind: 'basic' | 'token') =>
    createWavetank({
      clock: 'manual',
      registries: [{ host: '127.0.0.1:5000', access: kind }],
      hub: { catalog: [], accounts: [{ name: 'alice', password: 'secret1' }] },
    })
  const paths = ['images/x/json', 'repositories/foo/bar/tags', 'repositories/foo/bar/images', 'users/', 'search?q=a']
  const statuses = (headers: Headers = {}) =>
    paths.map((path) => ask(tank, 'GET', `${OWN_V1}/${path}`, { headers }).status)

  it('is locked by v1 too', () => {
    tank = locked('basic')
    expect(statuses()).toEqual([401, 401, 401, 401, 401])
    expect(statuses(ALICE)).toEqual([404, 404, 404, 200, 200])
    const said = ask(tank, 'GET', `${OWN_V1}/users/`)
    expect([said.text, said.headers['www-authenticate']]).toEqual([
      '{"error": "Requires authorization"}',
      'Basic realm="Registry Realm"',
    ])
    tank = locked('token')
    expect(statuses(ALICE)).toEqual([401, 401, 401, 401, 401])
  })
})
