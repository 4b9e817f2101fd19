import { beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/http/json-lines.ts'
import { createWavetank, type Wavetank } from '../../../src/index.ts'
import { digestOf } from '../../../src/storage/digest.ts'
import { ask, codesOf, OWN } from '../ask.ts'

const REPO = `${OWN}/v2/team/app`
const DOCKER = 'application/vnd.docker.distribution.manifest.v2+json'
const LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
const OCI = 'application/vnd.oci.image.manifest.v1+json'
const INDEX = 'application/vnd.oci.image.index.v1+json'

let tank: Wavetank
const described = (text: string, mediaType: string, more: object = {}) => ({
  mediaType,
  digest: digestOf(utf8(text)),
  size: utf8(text).length,
  ...more,
})
const image = (mediaType: string, config: string) =>
  JSON.stringify({ schemaVersion: 2, mediaType, config: described(config, 'application/x'), layers: [] })
const listing = (mediaType: string, ...entries: object[]) =>
  JSON.stringify({ schemaVersion: 2, mediaType, manifests: entries })
const on = (architecture: string) => ({ platform: { architecture, os: 'linux' } })
const put = (reference: string, body: string, type: string) =>
  expect(ask(tank, 'PUT', `${REPO}/manifests/${reference}`, { body, headers: { 'content-type': type } }).status).toBe(
    201,
  )
const get = (reference: string, accept?: string, more: Record<string, string> = {}) =>
  ask(tank, 'GET', `${REPO}/manifests/${reference}`, {
    headers: { ...(accept === undefined ? {} : { accept }), ...more },
  })

const amd = image(DOCKER, '{}')
const arm = image(DOCKER, '{"arm":true}')
const oci = image(OCI, '{}')
const list = listing(LIST, described(arm, DOCKER, on('arm64')), described(amd, DOCKER, on('amd64')))
const index = listing(INDEX, described(oci, OCI, on('amd64')))

beforeEach(() => {
  tank = createWavetank({ clock: 'manual', registries: ['127.0.0.1:5000'] })
  for (const config of ['{}', '{"arm":true}'])
    ask(tank, 'POST', `${REPO}/blobs/uploads/?digest=${digestOf(utf8(config))}`, { body: config })
  put('amd', amd, DOCKER)
  put('arm', arm, DOCKER)
  put('oci', oci, OCI)
  put('list', list, LIST)
  put('index', index, INDEX)
})

describe('what the client takes', () => {
  it('decides whether it gets a list or the image for linux/amd64', () => {
    expect(get('list', `${DOCKER}, ${LIST}`).text).toBe(list)
    const one = get('list', DOCKER)
    expect([one.headers['content-type'], one.headers['docker-content-digest'], one.text]).toEqual([
      DOCKER,
      digestOf(utf8(amd)),
      amd,
    ])
  })

  it('never changes what a digest stands for', () => {
    expect(get(digestOf(utf8(list)), DOCKER).text).toBe(list)
  })

  it.each([
    ['oci', OCI, 'OCI manifest found, but accept header does not support OCI manifests'],
    ['index', INDEX, 'OCI index found, but accept header does not support OCI indexes'],
  ])('must name OCI’s own types: %s', (tag, type, message) => {
    for (const accept of [undefined, '*/*', DOCKER]) {
      const refused = get(tag, accept)
      expect([refused.status, codesOf(refused), refused.json.errors[0].message]).toEqual([
        404,
        ['MANIFEST_UNKNOWN'],
        message,
      ])
    }
    expect(get(tag, `text/html;q=0.1, ${type};q=1`).status).toBe(200)
  })

  it('is not sent again when it is there', () => {
    const digest = digestOf(utf8(amd))
    for (const tag of [digest, `"${digest}"`, `W/"x", "${digest}"`]) {
      const same = get('amd', DOCKER, { 'if-none-match': tag })
      expect([same.status, same.text]).toEqual([304, ''])
    }
    expect(get('amd', DOCKER, { 'if-none-match': '"x"' }).status).toBe(200)
  })

  it('is refused where a list has nothing for linux/amd64', () => {
    put('mips', listing(LIST, described(arm, DOCKER, on('mips'))), LIST)
    expect(codesOf(get('mips', DOCKER))).toEqual(['MANIFEST_UNKNOWN'])
  })
})
