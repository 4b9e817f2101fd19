import { beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/http/json-lines.ts'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { gzip } from '../../../src/storage/gzip/gzip.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { tarEntry } from '../../../src/storage/tar/tar-entry.ts'
import { ask, OWN, type Said } from '../ask.ts'
import { checksumOf, idOf, type Made, made, send, tagStep, uploadSteps } from '../v1.ts'

const V1 = `${OWN}/v1`
const [A, B] = [idOf('a'), idOf('b')]
const AGENT = 'docker/1.3.3 go/go1.3.3 git-commit/d344625 kernel/3.16.0 os/linux arch/amd64'

let tank: Wavetank
const upload = (image: Made) => {
  for (const step of uploadSteps(image, {}, V1)) expect(send(tank, step).status).toBe(200)
}
const get = (path: string, headers = {}, method = 'GET'): Said => ask(tank, method, `${V1}/${path}`, { headers })
const told = ({ status, text }: Said) => [status, text]
const error = (text: string) => `{"error": "${text}"}`

beforeEach(() => {
  tank = createWavetank({ clock: 'manual', registries: ['127.0.0.1:5000'], hub: { catalog: [] } })
})

describe('an image', () => {
  beforeEach(() => upload({ id: A, json: `{"id":"${A}"}\n`, layer: utf8('layer-bytes-A') }))

  it('is given as it came, to keep for a year', () => {
    const said = get(`images/${A}/json`)
    expect(told(said)).toEqual([200, `{"id":"${A}"}\n`])
    expect(said.headers).toMatchObject({
      'x-docker-size': '13',
      'x-docker-checksum-payload': checksumOf({ id: A, json: `{"id":"${A}"}\n`, layer: utf8('layer-bytes-A') }),
      'cache-control': 'public, max-age=31536000',
      expires: 'Thu, 01 Jan 2026 00:00:00 GMT',
      'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT',
    })
    expect(get(`images/${A}/layer`)).toMatchObject({
      text: 'layer-bytes-A',
      headers: { 'content-type': 'application/octet-stream', 'content-length': '13', 'accept-ranges': 'bytes' },
    })
  })

  it('has not changed since whenever', () => {
    const since = { 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }
    expect(told(get(`images/${A}/json`, since))).toEqual([304, ''])
    expect(get(`images/${B}/layer`, since).status).toBe(304)
  })

  it.each([
    ['bytes=2-5', 206, 'yer-', 'bytes 2-5/13'],
    ['bytes=6-', 206, 'bytes-A', 'bytes 6-12/13'],
    ['bytes=6-400', 206, 'bytes-A', 'bytes 6-12/13'],
    ['bytes=5-5', 416, '', undefined],
    ['bytes=13-', 416, '', undefined],
    ['bytes=-4', 200, 'layer-bytes-A', undefined],
    ['lines=1-2', 200, 'layer-bytes-A', undefined],
  ])('gives of its layer %s: %i', (range, status, text, contentRange) => {
    const said = get(`images/${A}/layer`, { range })
    expect([...told(said), said.headers['content-range']]).toEqual([status, text, contentRange])
  })

  it('is not there under another id, or one that is none', () => {
    for (const what of ['json', 'layer', 'ancestry', 'files', 'diff']) {
      expect(told(get(`images/${B}/${what}`))).toEqual([404, error('Image not found')])
      expect(told(get(`images/xyz/${what}`))).toEqual([404, error('Invalid image ID')])
    }
  })

  it('has a head of its own', () => {
    const head = get(`images/${A}/layer`, {}, 'HEAD')
    expect([...told(head), head.headers['content-length']]).toEqual([200, '', '13'])
    expect(get(`images/${A}/json`, {}, 'HEAD')).toMatchObject({ text: '', headers: { 'content-length': '74' } })
  })

  it('says nothing of a layer that is no archive', () => {
    expect(told(get(`images/${A}/files`))).toEqual([400, error('Layer format not supported')])
  })
})

describe('what is in an image', () => {
  const mtime = 1_400_000_000n * 1_000_000_000n
  const file = (name: string, text: string) => tarEntry({ name, body: utf8(text), mtime })
  beforeEach(() => {
    const root = [tarEntry({ name: './', type: '5', mode: 0o755, mtime }), file('./a', 'a'), file('./b', 'b')]
    upload(made('a', undefined, gzip(encode(root))))
    const link = tarEntry({ name: './s', type: '2', linkname: 'a', mode: 0o777, mtime })
    upload(made('b', 'a', encode([file('./a', 'other'), file('./.wh.b', ''), file('./c', 'c'), link])))
  })

  it('is listed', () => {
    expect(get(`images/${A}/files`).text).toBe(
      '[["/", "d", false, 0, 1400000000, 493, 0, 0], ["/a", "f", false, 1, 1400000000, 420, 0, 0], ["/b", "f", false, 1, 1400000000, 420, 0, 0]]',
    )
  })

  it('is compared with what is below', () => {
    expect(get(`images/${B}/diff`).json).toEqual({
      deleted: { '/b': ['f', true, 0, 1400000000, 420, 0, 0] },
      changed: { '/a': ['f', false, 5, 1400000000, 420, 0, 0] },
      created: {
        '/c': ['f', false, 1, 1400000000, 420, 0, 0],
        '/s': ['s', false, 0, 1400000000, 511, 0, 0],
      },
    })
  })
})

describe('a repository', () => {
  const put = (tag: string, id: string) => send(tank, tagStep('foo/bar', tag, id, { 'user-agent': AGENT }, V1))
  const bar = (path: string, method = 'GET', body = '') =>
    ask(tank, method, `${V1}/repositories/foo/bar${path}`, { body })
  beforeEach(() => {
    upload(made('a'))
    upload(made('b', 'a'))
    put('latest', B)
    put('v1', A)
  })

  it('tells its tags, and each', () => {
    expect(told(bar('/tags'))).toEqual([200, `{"latest": "${B}", "v1": "${A}"}`])
    expect(told(bar('/tags/v1'))).toEqual([200, `"${A}"`])
    expect(told(bar('/tags/none'))).toEqual([404, error('Tag not found')])
    expect(told(get('repositories/foo/none/tags'))).toEqual([404, error('Repository not found')])
  })

  it('remembers what put a tag', () => {
    const text =
      '{"arch": "amd64", "docker_go_version": "go1.3.3", "docker_version": "1.3.3", "kernel": "3.16.0", "last_update": 1735689600, "os": "linux"}'
    expect(told(bar('/tags/latest/json'))).toEqual([200, text])
    expect(told(bar('/json'))).toEqual([200, text])
    const unknown =
      '{"arch": "amd64", "docker_go_version": null, "docker_version": null, "kernel": null, "last_update": null, "os": "linux"}'
    expect(told(bar('/tags/none/json'))).toEqual([200, unknown])
    expect(told(get('repositories/foo/none/json'))).toEqual([200, unknown])
  })

  it('loses a tag, and keeps the image', () => {
    expect(told(bar('/tags/v1', 'DELETE'))).toEqual([200, 'true'])
    expect(told(bar('/tags/v1', 'DELETE'))).toEqual([404, error('Tag not found: v1')])
    expect(get(`images/${A}/json`).status).toBe(200)
    bar('/tags/latest', 'DELETE')
    expect(told(bar('/tags'))).toEqual([200, '{}'])
  })

  it.each(['/', '', '/tags'])('goes by DELETE %j, and its images stay', (path) => {
    expect(told(bar(path, 'DELETE'))).toEqual([200, 'true'])
    expect(told(bar(path, 'DELETE'))).toEqual([404, error('Repository not found')])
    expect(bar('/tags').status).toBe(404)
    expect(get(`images/${A}/ancestry`).text).toBe(`["${A}"]`)
  })

  it('is public or private', () => {
    expect(told(bar('/properties'))).toEqual([200, '{"access": "public"}'])
    expect(told(bar('/properties', 'PUT', '{"access":"private"}'))).toEqual([200, 'true'])
    expect(told(bar('/properties'))).toEqual([200, '{"access": "private"}'])
    for (const body of ['[]', '{"x":1}', 'x', '{"access":"other"}'])
      expect(told(bar('/properties', 'PUT', body))).toEqual([400, error('Invalid data')])
  })

  it('keeps tags where they are that fit a rule', () => {
    const rules = { immutableTags: { enabled: true, rules: ['^v'] } }
    const repository = tank.hub.store.state.repositories.get('127.0.0.1:5000/foo/bar')!
    const repositories = tank.hub.store.state.repositories.set('127.0.0.1:5000/foo/bar', { ...repository, ...rules })
    tank.hub.store.state = { ...tank.hub.store.state, repositories }
    expect(told(put('v1', B))).toEqual([403, error("tag 'v1' is immutable")])
    expect(told(put('v1', A))).toEqual([200, 'true'])
    expect(told(put('latest', A))).toEqual([200, 'true'])
    expect(told(bar('/tags/v1', 'DELETE'))).toEqual([403, error("tag 'v1' is immutable")])
  })

  it('with one name alone is of the library', () => {
    send(tank, tagStep('busy', 'latest', A, {}, V1))
    expect(get('repositories/library/busy/tags').json).toEqual({ latest: A })
    expect(get('repositories/busy/tags').json).toEqual({ latest: A })
  })

  it('is seen by v2 too, with the same layers', () => {
    const manifest = ask(tank, 'GET', `${OWN}/v2/foo/bar/manifests/latest`).json
    const layers = manifest.layers.map(
      ({ digest }: { digest: string }) => ask(tank, 'GET', `${OWN}/v2/foo/bar/blobs/${digest}`).text,
    )
    expect(layers).toEqual(['layer-a', 'layer-b'])
  })
})

describe('the registry', () => {
  it('answers pings', () => {
    for (const path of ['/v1/_ping', '/_ping']) {
      const own = ask(tank, 'GET', `${OWN}${path}`)
      expect(told(own)).toEqual([200, '{}'])
      expect(own.headers).toMatchObject({
        'x-docker-registry-standalone': 'True',
        'x-docker-registry-version': '0.9.1',
      })
    }
    const hub = ask(tank, 'GET', 'https://registry-1.docker.io/v1/_ping')
    expect(hub.headers['x-docker-registry-standalone']).toBe('False')
  })

  it('has a page for what is not there', () => {
    const lost = get('nosuch')
    expect([lost.status, lost.headers['content-type'], lost.text]).toEqual([
      404,
      'text/html',
      expect.stringContaining('<h1>Not Found</h1>'),
    ])
    const wrong = get('_ping', {}, 'POST')
    expect([wrong.status, wrong.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect(ask(tank, 'GET', 'https://registry-1.docker.io/v1/users/').status).toBe(404)
  })
})

describe('a registry that is its own Index', () => {
  const own = (method: string, path: string, body = '') => ask(tank, method, `${V1}/${path}`, { body })

  it('lets everybody in', () => {
    expect(told(own('GET', 'users/'))).toEqual([200, '"OK"'])
    expect(told(own('POST', 'users/', '{"username":"foobar","password":"toto42","email":"a@b.c"}'))).toEqual([
      201,
      '"User Created"',
    ])
    expect(told(own('POST', 'users/', 'nope'))).toEqual([400, error('Error Decoding JSON')])
    expect(told(own('PUT', 'users/foobar/', '{}'))).toEqual([204, ''])
  })

  it('plays with tokens', () => {
    const said = own('PUT', 'repositories/foo/bar/', JSON.stringify([{ id: A }, { id: B, Tag: 'latest' }]))
    expect(told(said)).toEqual([200, '""'])
    expect(said.headers['x-docker-token']).toMatch(/^Token signature=[A-Z0-9]{16},repository="foo\/bar",access=write$/)
    expect(said.headers['x-docker-endpoints']).toBe('127.0.0.1:5000')
    expect(told(own('GET', 'repositories/foo/bar/tags'))).toEqual([200, '{}'])
    expect(own('GET', 'repositories/foo/bar/images').json).toEqual([{ id: A }, { id: B, Tag: 'latest' }])
    expect(own('GET', 'repositories/foo/bar/images').headers['x-docker-token']).toMatch(/access=read$/)
    expect(told(own('GET', 'repositories/foo/none/images'))).toEqual([404, error('images not found')])
    expect(told(own('PUT', 'repositories/foo/bar/images', '[]'))).toEqual([204, ''])
    expect(told(own('DELETE', 'repositories/foo/bar/images'))).toEqual([204, ''])
    expect(told(own('PUT', 'repositories/foo/bar/auth'))).toEqual([200, '"OK"'])
    expect(told(own('PUT', 'repositories/foo/bar/', 'x'))).toEqual([400, error('Error Decoding JSON')])
    expect(told(own('PUT', 'repositories/foo/bar/', '{}'))).toEqual([400, error('Invalid data')])
  })

  it('finds what it has', () => {
    upload(made('a'))
    send(tank, tagStep('foo/bar', 'latest', A, {}, V1))
    expect(own('GET', 'search?q=ba').text).toBe(
      '{"num_results": 1, "query": "ba", "results": [{"description": "", "name": "foo/bar"}]}',
    )
    expect(own('GET', 'search?q=zzz').text).toBe('{"num_results": 0, "query": "zzz", "results": []}')
  })
})
