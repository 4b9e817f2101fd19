import { createHash } from 'node:crypto'

/** One request; `{upload}` in its path is where the last answer said that the upload goes on. */
export interface Step {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Requests one after the other. `differs`: why wavetank does not answer as docker-registry 2.8.2 does. */
export interface Case {
  readonly name: string
  readonly steps: readonly Step[]
  readonly differs?: string
}

export const digest = (text: string, algorithm = 'sha256') =>
  `${algorithm}:${createHash(algorithm).update(text).digest('hex')}`

const HELLO = digest('hello')
const NOWHERE = `sha256:${'0'.repeat(64)}`
const OCI = 'application/vnd.oci.image.manifest.v1+json'
const INDEX = 'application/vnd.oci.image.index.v1+json'
const DOCKER = 'application/vnd.docker.distribution.manifest.v2+json'
const LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
const BYTES = { 'content-type': 'application/octet-stream' }

const OF_1_1 = 'OCI distribution 1.1 wants it so'
const NO_500 = 'the real one breaks off with 500'
const GO = 'the real one tells where Go’s JSON stopped'

const step = (method: string, path: string, body?: string, headers?: Record<string, string>): Step => ({
  method,
  path,
  ...(body === undefined ? {} : { body }),
  ...(headers ? { headers } : {}),
})
const one = (name: string, of: Step, differs?: string): Case => ({
  name,
  steps: [of],
  ...(differs === undefined ? {} : { differs }),
})
const get = (path: string, headers: Record<string, string> = {}, differs?: string) =>
  one(`GET ${path} ${JSON.stringify(headers)}`, step('GET', path, undefined, headers), differs)

/** What both registries hold before the cases begin. */
export const FIRST: readonly Step[] = ['hello', '{}', ''].flatMap((text) => [
  step('POST', '/v2/team/app/blobs/uploads/'),
  step('PUT', `{upload}?digest=${digest(text)}`, text, BYTES),
])

const names: readonly Case[] = [
  'a%00b',
  'a',
  'A/b',
  'a/B',
  'a_/b',
  'a/b.',
  'a:b/c',
  'a@b',
  '-a',
  'a--b',
  'a___b',
].flatMap((name) => [get(`/v2/${name}/tags/list`), get(`/v2/${name}/manifests/latest`)])

const references: readonly Case[] = [
  ...['lat%20est', '%00', '-x', '.x', 'a'.repeat(129), 'sha256:', ':', '%F0%9F%90%B3', 'SHA256:abc', NOWHERE].flatMap(
    (reference) => [
      ...['GET', 'HEAD', 'DELETE'].flatMap((method) => [
        one(`${method} manifest ${reference}`, step(method, `/v2/team/app/manifests/${reference}`)),
        one(`${method} blob ${reference}`, step(method, `/v2/team/app/blobs/${reference}`)),
      ]),
      ...(reference === NOWHERE
        ? []
        : [
            one(
              `PUT manifest ${reference}`,
              step('PUT', `/v2/team/app/manifests/${reference}`, '{}', { 'content-type': OCI }),
            ),
          ]),
    ],
  ),
  ...['sha256:abc', `sha256:${'G'.repeat(64)}`, `sha256:${'A'.repeat(64)}`, 'md5:abc', 'a:b'].flatMap((reference) => [
    one(`DELETE manifest ${reference}`, step('DELETE', `/v2/team/app/manifests/${reference}`)),
    one(`DELETE blob ${reference}`, step('DELETE', `/v2/team/app/blobs/${reference}`)),
    one(`GET manifest ${reference}`, step('GET', `/v2/team/app/manifests/${reference}`), NO_500),
    one(`GET blob ${reference}`, step('GET', `/v2/team/app/blobs/${reference}`)),
  ]),
]

const BLOB = `/v2/team/app/blobs/${HELLO}`
const ranges: readonly Case[] = [
  ...['0-0', '4-', '-1', '-99', '0-1,0-1,0-1,0-1', ' 0-1', '0 - 1', '0-1,', ',', '1-1,9-9', '0-9'].map((range) =>
    get(BLOB, { range: `bytes=${range}` }),
  ),
  ...['5-', '3-1', '99999999999999999999-', 'a-b', '-', '0--1', '0x1-2'].map((range) =>
    get(BLOB, { range: `bytes=${range}` }, 'the real one says 5 bytes and sends none'),
  ),
  get(BLOB, { range: 'bytes=0-99999999999999999999' }, 'the real one says 5 bytes and sends none'),
  get(BLOB, { 'if-none-match': `"x", W/"${HELLO}"` }),
  get(BLOB, { 'if-none-match': '*' }),
  get(BLOB, { 'if-none-match': HELLO }),
  get(BLOB, { 'if-range': '"x"', range: 'bytes=0-1' }),
  get(BLOB, { 'if-range': `"${HELLO}"`, range: 'bytes=0-1' }),
  get(BLOB, { 'if-match': '"x"' }),
  get(BLOB, { 'if-match': '*' }),
]

const pages: readonly Case[] = [
  get('/v2/_catalog?n=1001'),
  get('/v2/_catalog?n=x', {}, 'the real one of today refuses it'),
  ...['-1', 'a', '1.5', '1', '0'].map((n) => get(`/v2/team/app/tags/list?n=${n}`)),
]

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const paths: readonly Case[] = [
  ...['/v2/', '/v2', '/v2/team/app/blobs/uploads', '/v2/nothing', '/v2/team/app/tags/list'].flatMap((path) =>
    METHODS.map((method) => one(`${method} ${path}`, step(method, path))),
  ),
  ...['POST', 'PUT', 'PATCH'].map((method) => one(`${method} ${BLOB}`, step(method, BLOB))),
  ...['POST', 'PATCH'].map((method) => one(`${method} manifest`, step(method, '/v2/team/app/manifests/a'))),
]

const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digest('{}'), size: 2 }
const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: HELLO, size: 5 }
const image = { schemaVersion: 2, mediaType: OCI, config, layers: [layer] }
const docker = { ...image, mediaType: DOCKER }
const put = (name: string, body: unknown, type = OCI, differs?: string) =>
  one(
    `manifest: ${name}`,
    step('PUT', '/v2/team/app/manifests/t', typeof body === 'string' ? body : JSON.stringify(body), {
      'content-type': type,
    }),
    differs,
  )
const absent = { ...layer, digest: digest('absent') }
const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'

const ofImages: readonly Case[] = [image, docker].flatMap((whole) => {
  const kind = whole.mediaType
  const { mediaType: _type, ...untyped } = whole
  const { config: _config, ...bare } = whole
  const { layers: _layers, ...flat } = whole
  const change = (name: string, more: object, differs?: string) =>
    put(`${kind} with ${name}`, { ...whole, ...more }, kind, differs)
  return [
    change('all that it needs', {}),
    put(`${kind} with a charset`, whole, `${kind}; charset=utf-8`),
    put(`${kind} in capitals`, whole, kind.toUpperCase()),
    put(`${kind} as an index`, whole, INDEX),
    put(`${kind} as text`, whole, 'text/plain'),
    put(
      `${kind} without its own type`,
      untyped,
      kind,
      kind === DOCKER ? 'the real one cannot read it back' : undefined,
    ),
    put(`${kind} without config`, bare, kind),
    put(`${kind} without layers`, flat, kind),
    change('another version', { schemaVersion: 1 }, NO_500),
    change('a version in quotes', { schemaVersion: '2' }, GO),
    change('another type', { mediaType: 'x' }),
    change('a number for its type', { mediaType: 5 }, GO),
    change('no config', { config: null }),
    change('an empty config', { config: {} }),
    change('a list for its config', { config: [] }, GO),
    change('a config that is none', { config: { ...config, digest: 'x' } }),
    change('an unknown config', { config: { ...config, digest: digest('absent') } }),
    change('a size in quotes', { config: { ...config, size: '2' } }, GO),
    change('another size', { config: { ...config, size: 99 } }),
    change('no layers', { layers: null }),
    change('layers in an object', { layers: {} }, GO),
    change('an empty layer', { layers: [{}] }),
    change('a layer that is null', { layers: [null] }),
    change('a text for a layer', { layers: ['x'] }, GO),
    change('an unknown layer', { layers: [absent] }),
    change('an address in quotes', { layers: [{ ...absent, urls: 'x' }] }, GO),
    change('no address', { layers: [{ ...absent, urls: [] }] }),
    change(
      'a foreign layer without address',
      { layers: [{ ...absent, mediaType: foreign }] },
      kind === DOCKER ? NO_500 : undefined,
    ),
    change('one layer three times', { layers: [layer, layer, layer] }),
    change('manifests, too', { manifests: [] }),
    change('more than is known', { extra: 1 }),
  ]
})

const entry = { mediaType: OCI, digest: HELLO, size: 5, platform: { architecture: 'amd64', os: 'linux' } }
const ofLists: readonly Case[] = [LIST, INDEX].flatMap((type) => {
  const whole = { schemaVersion: 2, mediaType: type, manifests: [entry] }
  const change = (name: string, more: object, differs?: string) =>
    put(`${type} with ${name}`, { ...whole, ...more }, type, differs)
  return [
    change('a blob', {}),
    change('nothing', { manifests: [] }),
    change('null', { manifests: null }),
    change('an object', { manifests: {} }, GO),
    change('an absent manifest', { manifests: [{ ...entry, digest: digest('absent') }] }),
    change('what is no digest', { manifests: [{ ...entry, digest: 'x' }] }),
    change('a text for a platform', { manifests: [{ ...entry, platform: 'x' }] }, GO),
    change('a config, too', { config }),
    change('layers, too', { layers: [layer] }),
  ]
})

const noManifests: readonly Case[] = [
  ...['', '{', '[]', '"x"'].map((body) => put(`the text ${body}`, body, OCI, GO)),
  put('null', 'null', OCI, NO_500),
  put('another digest', 'null', OCI, NO_500),
]

const upload = (name: string, steps: readonly Step[], differs?: string): Case => ({
  name: `upload: ${name}`,
  steps: [step('POST', '/v2/team/app/blobs/uploads/'), ...steps],
  ...(differs === undefined ? {} : { differs }),
})
const uploads: readonly Case[] = [
  upload('whole', [step('PUT', `{upload}?digest=${HELLO}`, 'hello', BYTES), step('GET', '{upload}')]),
  upload('in parts', [
    step('PATCH', '{upload}', 'hel', BYTES),
    step('GET', '{upload}'),
    step('PATCH', '{upload}', 'lo', { ...BYTES, 'content-range': '3-4' }),
    step('PUT', `{upload}?digest=${HELLO}`, '', BYTES),
  ]),
  ...['sha384', 'sha512'].map((algorithm) =>
    upload(`by ${algorithm}`, [step('PUT', `{upload}?digest=${digest('hello', algorithm)}`, 'hello', BYTES)]),
  ),
  upload('empty', [step('PATCH', '{upload}', '', BYTES), step('GET', '{upload}')]),
  upload('looked at by HEAD', [step('HEAD', '{upload}')]),
  upload('without a digest', [step('PUT', '{upload}', 'hello', BYTES)]),
  upload('with an empty digest', [step('PUT', '{upload}?digest=', 'hello', BYTES)]),
  upload('with what is no digest', [step('PUT', '{upload}?digest=x', 'hello', BYTES)]),
  upload('by an algorithm that nobody knows', [step('PUT', `{upload}?digest=md5:${'0'.repeat(32)}`, 'hello', BYTES)]),
  upload('with another digest', [step('PUT', `{upload}?digest=${NOWHERE}`, 'hello', BYTES)]),
  upload('given up', [step('DELETE', '{upload}')]),
  upload('that ends before the beginning', [step('PATCH', '{upload}', 'hello', { ...BYTES, 'content-range': '0-3' })]),
  upload(
    'out of order',
    [step('PATCH', '{upload}', 'hello', { ...BYTES, 'content-range': '5-9' }), step('GET', '{upload}')],
    OF_1_1,
  ),
  ...[
    '?mount=x&from=y',
    `?mount=${HELLO}&from=team/app`,
    `?mount=${HELLO}`,
    '?from=team/app',
    `?mount=${HELLO}&from=NO`,
  ].map((query) => one(`mount ${query}`, step('POST', `/v2/team/other/blobs/uploads/${query}`))),
]

export const CASES: readonly Case[] = [
  ...names,
  ...references,
  ...ranges,
  ...pages,
  ...paths,
  ...ofImages,
  ...ofLists,
  ...noManifests,
  ...uploads,
]
