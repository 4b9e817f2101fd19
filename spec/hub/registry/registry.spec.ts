import { beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/http/json-lines.ts'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { digestOf } from '../../../src/storage/digest.ts'
import { ask, codesOf, OWN, type Said } from '../ask.ts'

const REPO = `${OWN}/v2/team/app`
const OCI = 'application/vnd.oci.image.manifest.v1+json'
const INDEX = 'application/vnd.oci.image.index.v1+json'
const NOWHERE = `sha256:${'0'.repeat(64)}`

let tank: Wavetank
beforeEach(() => {
  tank = createWavetank({ clock: 'manual', registries: ['127.0.0.1:5000'] })
})

const upload = (text: string, repo = REPO): string => {
  const digest = digestOf(utf8(text))
  expect(ask(tank, 'POST', `${repo}/blobs/uploads/?digest=${digest}`, { body: text }).status).toBe(201)
  return digest
}
const descriptor = (text: string, mediaType = 'application/octet-stream') => ({
  mediaType,
  digest: digestOf(utf8(text)),
  size: utf8(text).length,
})
const manifestOf = (layers: readonly string[], more: object = {}): string =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI,
    config: descriptor('{}', 'application/vnd.oci.image.config.v1+json'),
    layers: layers.map((layer) => descriptor(layer)),
    ...more,
  })
const put = (reference: string, body: string, type = OCI): Said =>
  ask(tank, 'PUT', `${REPO}/manifests/${reference}`, { body, headers: { 'content-type': type } })

const takes = (...types: string[]) => ({ headers: { accept: types.join(', ') } })

describe('the base', () => {
  it('asks nobody in a registry of one’s own', () => {
    const said = ask(tank, 'GET', `${OWN}/v2/`)
    expect(said.status).toBe(200)
    expect(said.headers['docker-distribution-api-version']).toBe('registry/2.0')
  })

  it('refuses names that are none', () => {
    for (const name of ['team/App', '_x/y', 'a..b/c', '-a']) {
      const said = ask(tank, 'GET', `${OWN}/v2/${name}/tags/list`)
      expect([said.status, said.text]).toEqual([404, '404 page not found\n'])
    }
    // A host may stand in front, and in a host capitals are good.
    expect(codesOf(ask(tank, 'GET', `${OWN}/v2/Team/app/tags/list`))).toEqual(['NAME_UNKNOWN'])
    expect(codesOf(ask(tank, 'GET', `${OWN}/v2/a/${'b'.repeat(300)}/tags/list`))).toEqual(['NAME_INVALID'])
  })

  it('knows what may be done with a path', () => {
    const wrong = ask(tank, 'POST', `${REPO}/manifests/v1`)
    expect([wrong.status, wrong.headers.allow, wrong.text]).toEqual([
      405,
      'DELETE, GET, HEAD, PUT',
      'Method not allowed\n',
    ])
    const none = ask(tank, 'GET', `${OWN}/v2/foo/bar/baz`)
    expect([none.status, none.headers['docker-distribution-api-version'], none.text]).toEqual([
      404,
      'registry/2.0',
      '404 page not found\n',
    ])
    expect(ask(tank, 'GET', `${OWN}/v2`).headers.location).toBe('/v2/')
    expect(ask(tank, 'POST', `${REPO}/blobs/uploads?mount=x`).headers.location).toBe(
      '/v2/team/app/blobs/uploads/?mount=x',
    )
  })
})

describe('blobs', () => {
  it('are there after a whole upload, also in parts', () => {
    const digest = upload('0123456789')
    const head = ask(tank, 'HEAD', `${REPO}/blobs/${digest}`)
    expect([head.status, head.headers['content-length'], head.headers['docker-content-digest']]).toEqual([
      200,
      '10',
      digest,
    ])
    expect(ask(tank, 'GET', `${REPO}/blobs/${digest}`).text).toBe('0123456789')
    const part = (range: string) => ask(tank, 'GET', `${REPO}/blobs/${digest}`, { headers: { range } })
    expect([part('bytes=2-4').status, part('bytes=2-4').text]).toEqual([206, '234'])
    expect(part('bytes=7-').headers['content-range']).toBe('bytes 7-9/10')
    expect(part('bytes=-2').text).toBe('89')
    expect(part('bytes=10-').status).toBe(416)
  })

  it('grow chunk by chunk, and only in order', () => {
    const begun = ask(tank, 'POST', `${REPO}/blobs/uploads/`)
    expect([begun.status, begun.headers.range]).toEqual([202, '0-0'])
    const at = OWN + begun.headers.location
    const chunk = (body: string, range: string) => ask(tank, 'PATCH', at, { body, headers: { 'content-range': range } })
    expect(chunk('hello ', '0-5').headers.range).toBe('0-5')
    expect(chunk('world', '7-11').status).toBe(416)
    expect(codesOf(chunk('world', '6-9'))).toEqual(['SIZE_INVALID'])
    expect(codesOf(chunk('world', '9-6'))).toEqual(['RANGE_INVALID'])
    expect(chunk('world', '6-10').status).toBe(202)
    expect(ask(tank, 'GET', at).headers).toMatchObject({
      range: '0-10',
      'docker-upload-uuid': begun.headers['docker-upload-uuid'],
    })
    const digest = digestOf(utf8('hello world!'))
    const done = ask(tank, 'PUT', `${at}?digest=${digest}`, { body: '!' })
    expect([done.status, done.headers.location]).toEqual([201, `/v2/team/app/blobs/${digest}`])
    expect(ask(tank, 'GET', `${REPO}/blobs/${digest}`).text).toBe('hello world!')
    expect(codesOf(ask(tank, 'GET', at))).toEqual(['BLOB_UPLOAD_UNKNOWN'])
  })

  it('are what their digest says, or are not taken', () => {
    const begun = ask(tank, 'POST', `${REPO}/blobs/uploads/`)
    const at = OWN + begun.headers.location
    expect(codesOf(ask(tank, 'PUT', `${at}?digest=${NOWHERE}`, { body: 'x' }))).toEqual(['DIGEST_INVALID'])
    expect(codesOf(ask(tank, 'PUT', at, { body: 'x' }))).toEqual(['DIGEST_INVALID'])
    expect(ask(tank, 'GET', `${REPO}/blobs/${NOWHERE}`).status).toBe(404)
    // The refused end leaves the upload as it was.
    expect(ask(tank, 'GET', at).status).toBe(204)
  })

  it('uploads are cancelled by the client, and by time', () => {
    const first = OWN + ask(tank, 'POST', `${REPO}/blobs/uploads/`).headers.location
    expect(ask(tank, 'DELETE', first).status).toBe(204)
    expect(ask(tank, 'GET', first).status).toBe(404)
    const second = OWN + ask(tank, 'POST', `${REPO}/blobs/uploads/`).headers.location
    tank.clock.advance(23 * 3600_000)
    expect(ask(tank, 'PATCH', second, { body: 'still here' }).status).toBe(202)
    tank.clock.advance(23 * 3600_000)
    expect(ask(tank, 'GET', second).status).toBe(204)
    tank.clock.advance(3600_000)
    expect(ask(tank, 'GET', second).status).toBe(404)
  })

  it('are mounted from another repository, or uploaded where they are not', () => {
    const digest = upload('shared', `${OWN}/v2/other/app`)
    const mount = (what: string) => ask(tank, 'POST', `${REPO}/blobs/uploads/?mount=${what}&from=other/app`)
    expect(ask(tank, 'HEAD', `${REPO}/blobs/${digest}`).status).toBe(404)
    expect(mount(digest).status).toBe(201)
    expect(ask(tank, 'HEAD', `${REPO}/blobs/${digest}`).status).toBe(200)
    expect(mount(NOWHERE).status).toBe(202)
  })

  it('go from one repository and stay in the others', () => {
    const digest = upload('x')
    upload('x', `${OWN}/v2/other/app`)
    expect(ask(tank, 'DELETE', `${REPO}/blobs/${digest}`).status).toBe(202)
    expect(codesOf(ask(tank, 'GET', `${REPO}/blobs/${digest}`))).toEqual(['BLOB_UNKNOWN'])
    expect(ask(tank, 'GET', `${OWN}/v2/other/app/blobs/${digest}`).text).toBe('x')
    expect(codesOf(ask(tank, 'DELETE', `${REPO}/blobs/${digest}`))).toEqual(['BLOB_UNKNOWN'])
  })
})

describe('manifests', () => {
  it('are taken only with all that they name', () => {
    const manifest = manifestOf(['layer'])
    const refused = put('v1', manifest)
    expect([refused.status, codesOf(refused)]).toEqual([400, ['MANIFEST_BLOB_UNKNOWN', 'MANIFEST_BLOB_UNKNOWN']])
    expect(refused.json.errors.map(({ detail }: { detail: string }) => detail)).toEqual(
      ['{}', 'layer'].map((text) => digestOf(utf8(text))),
    )
    upload('{}')
    upload('layer')
    const taken = put('v1', manifest)
    const digest = digestOf(utf8(manifest))
    expect([taken.status, taken.headers['docker-content-digest']]).toEqual([201, digest])
    for (const reference of ['v1', digest]) {
      const got = ask(tank, 'GET', `${REPO}/manifests/${reference}`, takes(OCI))
      expect([got.status, got.headers['content-type'], got.text]).toEqual([200, OCI, manifest])
      const head = ask(tank, 'HEAD', `${REPO}/manifests/${reference}`, takes(OCI))
      expect([head.status, head.headers['content-length'], head.text]).toEqual([200, String(manifest.length), ''])
    }
  })

  it.each([
    ['no JSON', 'v1', '{', OCI, 'MANIFEST_INVALID'],
    ['another version', 'v1', '{"schemaVersion":1}', OCI, 'MANIFEST_INVALID'],
    ['another type than it says', 'v1', manifestOf([]), INDEX, 'MANIFEST_INVALID'],
    ['an unknown type', 'v1', '{"schemaVersion":2}', 'text/plain', 'MANIFEST_INVALID'],
    ['another digest', NOWHERE, manifestOf([]), OCI, 'DIGEST_INVALID'],
  ])('with %s are refused', (_, reference, body, type, code) => {
    upload('{}')
    expect(codesOf(put(reference, body, type))).toEqual([code])
  })

  it('in an index must be there first', () => {
    upload('{}')
    const child = manifestOf([])
    const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [descriptor(child, OCI)] })
    expect(codesOf(put('all', index, INDEX))).toEqual(['MANIFEST_BLOB_UNKNOWN'])
    expect(put(digestOf(utf8(child)), child).status).toBe(201)
    expect(put('all', index, INDEX).status).toBe(201)
  })

  it('go by digest with their tags, and by tag alone', () => {
    upload('{}')
    const manifest = manifestOf([])
    const digest = digestOf(utf8(manifest))
    for (const tag of ['a', 'b', 'c']) put(tag, manifest)
    expect(ask(tank, 'DELETE', `${REPO}/manifests/b`).status).toBe(202)
    expect(ask(tank, 'GET', `${REPO}/tags/list`).json.tags).toEqual(['a', 'c'])
    expect(ask(tank, 'DELETE', `${REPO}/manifests/${digest}`).status).toBe(202)
    expect(ask(tank, 'GET', `${REPO}/tags/list`).json).toEqual({ name: 'team/app', tags: null })
    expect(codesOf(ask(tank, 'GET', `${REPO}/manifests/a`))).toEqual(['MANIFEST_UNKNOWN'])
  })

  it('tell who refers to them', () => {
    upload('{}')
    const about = manifestOf([])
    put('v1', about)
    const signature = manifestOf([], { artifactType: 'app/signature', subject: descriptor(about, OCI) })
    const bill = manifestOf([], { artifactType: 'app/sbom', subject: descriptor(about, OCI), annotations: { a: 'b' } })
    const subject = digestOf(utf8(about))
    expect(put(digestOf(utf8(signature)), signature).headers['oci-subject']).toBe(subject)
    put(digestOf(utf8(bill)), bill)
    const all = ask(tank, 'GET', `${REPO}/referrers/${subject}`)
    expect(all.headers['content-type']).toBe(INDEX)
    expect(all.json.manifests.map((one: { artifactType: string }) => one.artifactType).sort()).toEqual([
      'app/sbom',
      'app/signature',
    ])
    const some = ask(tank, 'GET', `${REPO}/referrers/${subject}?artifactType=app/sbom`)
    expect(some.headers['oci-filters-applied']).toBe('artifactType')
    expect(some.json.manifests).toEqual([
      { ...descriptor(bill, OCI), artifactType: 'app/sbom', annotations: { a: 'b' } },
    ])
    expect(ask(tank, 'GET', `${REPO}/referrers/${NOWHERE}`).json.manifests).toEqual([])
  })
})

describe('lists', () => {
  it('come in pages, each with a link to the next', () => {
    upload('{}')
    for (const tag of ['d', 'b', 'a', 'c', 'e']) put(tag, manifestOf([]))
    const seen: string[] = []
    let url: string | undefined = `${REPO}/tags/list?n=2`
    let pages = 0
    while (url !== undefined) {
      const page: Said = ask(tank, 'GET', url)
      seen.push(...page.json.tags)
      const next = /<([^>]+)>; rel="next"/.exec(page.headers.link ?? '')?.[1]
      url = next === undefined ? undefined : OWN + next
      pages++
    }
    expect([pages, seen]).toEqual([3, ['a', 'b', 'c', 'd', 'e']])
    expect(codesOf(ask(tank, 'GET', `${REPO}/tags/list?n=x`))).toEqual(['PAGINATION_NUMBER_INVALID'])
  })

  it('hold the repositories of one registry only', () => {
    upload('{}')
    put('v1', manifestOf([]))
    expect(ask(tank, 'GET', `${OWN}/v2/_catalog`).json).toEqual({ repositories: ['team/app'] })
    expect(codesOf(ask(tank, 'GET', `${OWN}/v2/no/such/tags/list`))).toEqual(['NAME_UNKNOWN'])
  })
})
