import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { isDigest } from '../../../src/hub/registry/digest.ts'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { ask, codesOf, OWN } from '../ask.ts'

const REPO = `${OWN}/v2/team/app`
const OCI = 'application/vnd.oci.image.manifest.v1+json'
const INDEX = 'application/vnd.oci.image.index.v1+json'
const ALGORITHMS = ['sha256', 'sha384', 'sha512']

/** By Node, which is not what the registry reckons with. */
const by = (algorithm: string, text: string) => `${algorithm}:${createHash(algorithm).update(text).digest('hex')}`

let tank: Wavetank
beforeEach(() => {
  tank = createWavetank({ clock: 'manual', registries: ['127.0.0.1:5000'] })
})

const upload = (text: string, digest: string, repo = REPO) =>
  ask(tank, 'POST', `${repo}/blobs/uploads/?digest=${digest}`, { body: text })
const put = (reference: string, body: string, type = OCI) =>
  ask(tank, 'PUT', `${REPO}/manifests/${reference}`, { body, headers: { 'content-type': type } })
const get = (path: string) => ask(tank, 'GET', `${REPO}/${path}`, { headers: { accept: `${OCI}, ${INDEX}` } })
const manifestOf = (config: string, more: object = {}) =>
  JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: config, size: 2 },
    layers: [],
    ...more,
  })

describe.each(ALGORITHMS)('a blob by its %s', (algorithm) => {
  it('is taken, and there by that digest and by sha256, in which it is told of', () => {
    const [digest, canonical] = [by(algorithm, 'hello'), by('sha256', 'hello')]
    const taken = upload('hello', digest)
    expect([taken.status, taken.headers['docker-content-digest'], taken.headers.location]).toEqual([
      201,
      canonical,
      `/v2/team/app/blobs/${canonical}`,
    ])
    for (const one of [digest, canonical]) {
      const got = get(`blobs/${one}`)
      expect([got.status, got.text, got.headers.etag]).toEqual([200, 'hello', `"${canonical}"`])
      expect(ask(tank, 'HEAD', `${REPO}/blobs/${one}`).headers['docker-content-digest']).toBe(canonical)
    }
  })

  it('in parts is verified by it', () => {
    const at = OWN + ask(tank, 'POST', `${REPO}/blobs/uploads/`).headers.location
    expect(ask(tank, 'PATCH', at, { body: 'hel' }).status).toBe(202)
    const wrong = ask(tank, 'PUT', `${at}?digest=${by(algorithm, 'bye')}`, { body: 'lo' })
    expect([codesOf(wrong), wrong.json.errors[0].detail]).toEqual([
      ['DIGEST_INVALID'],
      { Digest: by(algorithm, 'bye'), Reason: {} },
    ])
    expect(ask(tank, 'PUT', `${at}?digest=${by(algorithm, 'hello')}`, { body: 'lo' }).status).toBe(201)
    expect(get(`blobs/${by(algorithm, 'hello')}`).text).toBe('hello')
  })

  it('is mounted, and goes by it', () => {
    const digest = by(algorithm, 'shared')
    upload('shared', digest, `${OWN}/v2/other/app`)
    expect(ask(tank, 'POST', `${REPO}/blobs/uploads/?mount=${digest}&from=other/app`).status).toBe(201)
    expect(get(`blobs/${digest}`).text).toBe('shared')
    expect(ask(tank, 'DELETE', `${REPO}/blobs/${digest}`).status).toBe(202)
    expect(codesOf(get(`blobs/${digest}`))).toEqual(['BLOB_UNKNOWN'])
    expect(ask(tank, 'GET', `${OWN}/v2/other/app/blobs/${digest}`).text).toBe('shared')
  })
})

describe.each(ALGORITHMS)('a manifest by its %s', (algorithm) => {
  it('is put, got, told of, tagged and deleted', () => {
    upload('{}', by(algorithm, '{}'))
    const body = manifestOf(by(algorithm, '{}'))
    const digest = by(algorithm, body)
    const taken = put(digest, body)
    expect([taken.status, taken.headers['docker-content-digest'], taken.headers.location]).toEqual([
      201,
      digest,
      `/v2/team/app/manifests/${digest}`,
    ])
    expect(get(`manifests/${digest}`).text).toBe(body)
    expect(ask(tank, 'HEAD', `${REPO}/manifests/${digest}`, { headers: { accept: OCI } }).status).toBe(200)
    expect(codesOf(put(by(algorithm, 'another'), body))).toEqual(['DIGEST_INVALID'])
    expect(ask(tank, 'DELETE', `${REPO}/manifests/${digest}`).status).toBe(202)
    expect(get(`manifests/${digest}`).json.errors[0]).toEqual({
      code: 'MANIFEST_UNKNOWN',
      message: 'manifest unknown',
      detail: { Name: 'team/app', Revision: digest },
    })
  })

  it('is what an index names, and what others are about', () => {
    upload('{}', by('sha256', '{}'))
    const body = manifestOf(by('sha256', '{}'))
    const descriptor = { mediaType: OCI, digest: by(algorithm, body), size: body.length }
    const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [descriptor] })
    expect(codesOf(put('all', index, INDEX))).toEqual(['MANIFEST_BLOB_UNKNOWN'])
    expect(put(descriptor.digest, body).status).toBe(201)
    expect(put('all', index, INDEX).status).toBe(201)
    const about = manifestOf(by('sha256', '{}'), { artifactType: 'app/signature', subject: descriptor })
    expect(put(by(algorithm, about), about).headers['oci-subject']).toBe(descriptor.digest)
    expect(get(`referrers/${descriptor.digest}`).json.manifests).toMatchObject([{ digest: by(algorithm, about) }])
    // A client that knows no such endpoint keeps the list under a tag, which is no longer than tags are.
    const [name, hex] = descriptor.digest.split(':')
    const other = { ...descriptor, artifactType: 'app/other' }
    put(
      `${name}-${hex!.slice(0, 64)}`,
      JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [other] }),
      INDEX,
    )
    expect(get(`referrers/${descriptor.digest}?artifactType=app/other`).json.manifests).toMatchObject([other])
  })
})

describe('what is a digest', () => {
  it.each([
    ['sha256', 64],
    ['sha384', 96],
    ['sha512', 128],
  ])('has the length of %s', (algorithm, length) => {
    expect(isDigest(`${algorithm}:${'a'.repeat(length)}`)).toBe(true)
    for (const hex of ['a'.repeat(length - 1), 'a'.repeat(length + 1), 'A'.repeat(length), ''])
      expect(isDigest(`${algorithm}:${hex}`)).toBe(false)
  })

  it.each(['md5:5d41402abc4b2a76b9719d911017c592', 'xyz', 'sha512:abcd'])('%s is none', (digest) => {
    const refused = upload('hello', digest)
    expect([refused.status, codesOf(refused), refused.json.errors[0].detail]).toEqual([
      400,
      ['DIGEST_INVALID'],
      'digest parsing failed',
    ])
  })
})

it('a list may name what is there as a blob, as in the real registry', () => {
  upload('hello', by('sha256', 'hello'))
  const one = { mediaType: OCI, digest: by('sha256', 'hello'), size: 5 }
  const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [one] })
  expect(put('all', index, INDEX).status).toBe(201)
  const elsewhere = ask(tank, 'PUT', `${OWN}/v2/other/app/manifests/all`, {
    body: index,
    headers: { 'content-type': INDEX },
  })
  expect(codesOf(elsewhere)).toEqual(['MANIFEST_BLOB_UNKNOWN'])
  expect(codesOf(get(`manifests/${one.digest}`))).toEqual(['MANIFEST_UNKNOWN'])
})
