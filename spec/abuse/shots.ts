import { encode } from '../../src/storage/tar/encode.ts'
import { DIRECTORY, tarEntry } from '../../src/storage/tar/tar-entry.ts'
import type { Chance } from './chance.ts'

/** A request as bytes, and what may come of it. */
export interface Shot {
  readonly bytes: Uint8Array
  /** Nothing that a daemon could do is asked: it must be refused. */
  readonly refused: boolean
  /** What is sent once the connection is taken over. */
  readonly frames?: Uint8Array
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const joined = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

interface Sent {
  readonly method: string
  readonly target: string
  readonly headers?: readonly string[]
  readonly body?: Uint8Array
}

function request({ method, target, headers = [], body }: Sent): Uint8Array {
  const length = body ? [`Content-Length: ${body.length}`] : []
  const head = [`${method} ${target} HTTP/1.1`, 'Host: docker', 'Connection: close', ...length, ...headers]
  return joined(Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body ?? new Uint8Array())
}

const shot = (sent: Sent, refused: boolean): Shot => ({ bytes: request(sent), refused })

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH']
const VERSIONS = ['', '/v1.51', '/v1.44', '/v1.24', '/v1.10', '/v1.9', '/v9.9', '/v1', '/vx.y']
const JUNK = [
  'nosuch',
  '%',
  '%zz',
  '%00',
  '%2e%2e',
  '..',
  '.',
  'ü',
  "'",
  '"',
  '<>',
  '%ff%fe',
  '{}',
  ';',
  'a'.repeat(4000),
]
const NOUNS = ['containers', 'images', 'exec', 'networks', 'volumes', 'build', 'system', 'plugins', '_ping', 'events']
const VERBS = ['json', 'start', 'archive', 'logs', 'top', 'stats', 'resize', 'wait', 'rename', 'get', 'history', 'ws']

function path(chance: Chance): Shot {
  const segments = Array.from({ length: 1 + chance.below(4) }, () =>
    chance.of(chance.of([JUNK, NOUNS, VERBS, ['box', 'nosuch']])),
  )
  return shot({ method: chance.of(METHODS), target: `${chance.of(VERSIONS)}/nosuch/${segments.join('/')}` }, true)
}

/** Names of things that are not there, under all that can be asked of a thing. */
function stranger(chance: Chance): Shot {
  const name = chance.of(['nosuch', '%20', '%F0%9F%90%B3', 'a%2Fb', `x${'y'.repeat(300)}`, 'g0', 'NULL', '-1'])
  const [method, target] = chance.of([
    ['GET', '/containers/{}/json'],
    ['GET', '/containers/{}/logs?stdout=1'],
    ['GET', '/containers/{}/top'],
    ['GET', '/containers/{}/archive?path=/'],
    ['GET', '/containers/{}/stats?stream=0'],
    ['GET', '/containers/{}/export'],
    ['GET', '/containers/{}/changes'],
    ['POST', '/containers/{}/start'],
    ['POST', '/containers/{}/kill'],
    ['POST', '/containers/{}/rename?name=z'],
    ['POST', '/containers/{}/attach?stream=1'],
    ['DELETE', '/containers/{}'],
    ['GET', '/images/{}/json'],
    ['DELETE', '/images/{}'],
    ['POST', '/images/{}/tag?repo=x'],
    ['GET', '/networks/{}'],
    ['DELETE', '/networks/{}'],
    ['GET', '/volumes/{}'],
    ['DELETE', '/volumes/{}'],
    ['GET', '/exec/{}/json'],
    ['POST', '/exec/{}/resize?h=1&w=1'],
  ] as const)
  return shot({ method, target: `/v1.51${target.replace('{}', name)}` }, true)
}

const VALUES = [
  '',
  '-1',
  '1e9',
  'NaN',
  '{',
  '[]',
  '{"a":1}',
  '{"status":["odd"]}',
  'null',
  '99999999999999999999',
  '%FF',
  'x',
]
const ASKED = [
  'GET /containers/json?all=1&limit={}&filters={}',
  'GET /containers/box/logs?stdout=1&since={}&tail={}&until={}',
  'GET /containers/box/top?ps_args={}',
  'GET /containers/box/archive?path={}',
  'HEAD /containers/box/archive?path={}',
  'PUT /containers/box/archive?path={}&noOverwriteDirNonDir={}',
  'POST /containers/box/resize?h={}&w={}',
  'POST /containers/box/kill?signal={}',
  'POST /containers/box/rename?name={}',
  'GET /images/json?filters={}',
  'GET /images/get?names={}',
  'POST /images/create?fromImage={}&tag={}&platform={}',
  'POST /images/busybox:1.36/tag?repo={}&tag={}',
  'GET /images/search?term=x&limit={}',
  'POST /images/prune?filters={}&x={"label":["none"]}',
  'GET /networks?filters={}',
  'GET /networks/bridge?scope={}&verbose={}',
  'GET /volumes?filters={}',
  'GET /events?since={}&until={}&filters={}',
  'GET /system/df?type={}',
  'POST /build?dockerfile={}&buildargs={}&labels={}&memory={}',
  'POST /commit?container={}&repo={}&changes={}',
]

function query(chance: Chance): Shot {
  const [method = '', target = ''] = chance.of(ASKED).split(' ')
  const filled = target.replaceAll('{}', () => encodeURIComponent(chance.of(VALUES)).replaceAll('%25FF', '%FF'))
  return shot({ method, target: `/v1.51${filled}` }, false)
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const CREATE: Json = {
  Image: 'busybox:1.36',
  Cmd: ['true'],
  Env: ['A=1'],
  Labels: { a: 'b' },
  ExposedPorts: { '80/tcp': {} },
  Volumes: { '/v': {} },
  Healthcheck: { Test: ['CMD', 'true'], Interval: 1_000_000_000, Retries: 2 },
  HostConfig: {
    Binds: ['data:/data'],
    PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }] },
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 },
    Memory: 67_108_864,
    Ulimits: [{ Name: 'nofile', Soft: 10, Hard: 20 }],
    Mounts: [{ Type: 'tmpfs', Target: '/t' }],
  },
  NetworkingConfig: { EndpointsConfig: { bridge: { Aliases: ['x'] } } },
}
const BODIES: readonly (readonly [string, Json])[] = [
  ['/containers/create', CREATE],
  ['/containers/box/update', { Memory: 67_108_864, RestartPolicy: { Name: 'no' } }],
  ['/containers/box/exec', { Cmd: ['true'], Env: ['A=1'], AttachStdout: true, User: 'root' }],
  ['/networks/create', { Name: 'net', IPAM: { Config: [{ Subnet: '10.1.0.0/16', Gateway: '10.1.0.1' }] }, Labels: {} }],
  ['/networks/bridge/connect', { Container: 'box', EndpointConfig: { IPAMConfig: { IPv4Address: '1.2.3.4' } } }],
  ['/volumes/create', { Name: 'vol', DriverOpts: { type: 'tmpfs' }, Labels: { a: 'b' } }],
  ['/auth', { username: 'me', password: 'secret', serveraddress: 'x' }],
]
const ODD: readonly Json[] = [
  null,
  true,
  -1,
  1.5,
  1e300,
  '',
  'x',
  '\0',
  '../..',
  [],
  [null],
  {},
  { a: [] },
  [[[[]]]],
  'é'.repeat(999),
]

/** One value somewhere in it is another. */
function mutated(chance: Chance, json: Json): Json {
  if (chance.below(4) === 0 || typeof json !== 'object' || json === null) return chance.of(ODD)
  if (Array.isArray(json)) {
    const at = chance.below(json.length)
    return json.map((one, i) => (i === at ? mutated(chance, one as Json) : (one as Json)))
  }
  const entries = Object.entries(json)
  const at = chance.below(entries.length)
  return Object.fromEntries(entries.map(([key, one], i) => [key, i === at ? mutated(chance, one) : one]))
}

const JSON_TYPE = 'Content-Type: application/json'

function json(chance: Chance): Shot {
  const [target, body] = chance.of(BODIES)
  const text = JSON.stringify(mutated(chance, body))
  return shot({ method: 'POST', target: `/v1.51${target}`, headers: [JSON_TYPE], body: utf8(text) }, false)
}

/** No JSON at all. */
function brokenJson(chance: Chance): Shot {
  const [target, body] = chance.of(BODIES)
  const text = JSON.stringify(body)
  const cut = text.slice(0, 1 + chance.below(text.length - 2))
  const broken = chance.of([
    utf8(cut),
    utf8(`${'['.repeat(5000)}`),
    utf8(`{"a":${cut}`),
    utf8(`x${text}`),
    chance.bytes(60),
  ])
  const type = chance.of([JSON_TYPE, JSON_TYPE, 'Content-Type: text/plain', 'Content-Type: ;;;', 'X-None: 1'])
  return shot({ method: 'POST', target: `/v1.51${target}`, headers: [type], body: broken }, true)
}

/** What no HTTP server takes for a request. */
function head(chance: Chance): Shot {
  const get = 'GET /v1.51/containers/nosuch/json HTTP/1.1\r\nHost: docker\r\n'
  const text = chance.of([
    'GET\r\n\r\n',
    '\0\0\0\0\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'GET  HTTP/1.1\r\nHost: x\r\n\r\n',
    'get /_ping HTTP/1.1\r\nHost: x\r\n\r\n',
    'FROB /_ping HTTP/1.1\r\nHost: x\r\n\r\n',
    `${get}Content-Length: abc\r\n\r\n`,
    `${get}Content-Length: -1\r\n\r\n`,
    `${get}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`,
    `${get}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
    `${get}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n`,
    `${get}Bad Header: x\r\n\r\n`,
    `${get}: empty\r\n\r\n`,
    `${get}X: ${String.fromCharCode(chance.below(9))}\r\n\r\n`,
    `${get}no colon at all\r\n\r\n`,
    `${get}X: ${'y'.repeat(1_100_000)}\r\n\r\n`,
    Buffer.from(chance.bytes(40)).toString('latin1').concat('\r\n\r\n'),
  ])
  return { bytes: new Uint8Array(Buffer.from(text, 'latin1')), refused: true }
}

/** Headers that say what is not so. */
function header(chance: Chance): Shot {
  const junk = chance.of(['', '{', 'e30=', '!!!', 'bnVsbA==', 'W10=', 'A'.repeat(5000), 'eyJ1c2VybmFtZSI6MX0='])
  return shot(
    chance.of([
      {
        method: 'POST',
        target: '/v1.51/images/create?fromImage=nosuch/x&tag=1',
        headers: [`X-Registry-Auth: ${junk}`],
      },
      { method: 'POST', target: '/v1.51/images/nosuch/push', headers: [`X-Registry-Auth: ${junk}`] },
      { method: 'POST', target: '/v1.51/build', headers: [`X-Registry-Config: ${junk}`], body: utf8('x') },
      {
        method: 'GET',
        target: '/v1.51/containers/nosuch/attach/ws',
        headers: ['Upgrade: websocket', 'Connection: Upgrade'],
      },
      { method: 'GET', target: '/v1.51/info', headers: ['Upgrade: tcp', 'Connection: Upgrade'] },
      { method: 'POST', target: '/v1.51/session', headers: ['Upgrade: odd', 'Connection: Upgrade'] },
      { method: 'GET', target: '/v1.51/images/json', headers: [`Range: ${junk}`, `Accept-Encoding: ${junk}`] },
    ]),
    false,
  )
}

const ARCHIVE = encode([
  tarEntry({ name: 'd/', type: DIRECTORY, mode: 0o755 }),
  tarEntry({ name: 'Dockerfile', body: utf8('FROM busybox:1.36\nRUN true\n') }),
  tarEntry({ name: '../../up', body: utf8('up') }),
  tarEntry({ name: 'l', type: '2', linkname: '/etc' }),
  tarEntry({ name: 'l/x', body: utf8('x'), xattrs: new Map([['user.a', utf8('b')]]) }),
  tarEntry({ name: 'repositories', body: utf8('{"a":{"b":"c"}}') }),
  tarEntry({ name: 'manifest.json', body: utf8('[{"Config":"x","Layers":["y"]}]') }),
])
const TAKERS = [
  'PUT /containers/box/archive?path=/tmp',
  'POST /images/load',
  'POST /build?t=x',
  'POST /build?t=x&dockerfile=d',
  'POST /images/create?fromSrc=-&repo=y',
]

/** An archive in which bytes are others, or missing; or no archive. */
function archive(chance: Chance): Shot {
  const [method = '', target = ''] = chance.of(TAKERS).split(' ')
  const bytes = ARCHIVE.slice(0, chance.below(3) === 0 ? chance.below(ARCHIVE.length) : ARCHIVE.length)
  for (let i = chance.below(12); i > 0; i--) bytes[chance.below(bytes.length || 1)] = chance.below(256)
  const compressed = [new Uint8Array([0x1f, 0x8b, 8, 0, ...chance.bytes(50)]), utf8('BZh9abc'), utf8('\xfd7zXZ')]
  const body = chance.below(3) === 0 ? chance.of([chance.bytes(chance.below(2000)), ...compressed]) : bytes
  return shot({ method, target: `/v1.51${target}`, headers: ['Content-Type: application/x-tar'], body }, false)
}

/** A connection that is taken over, and then none of its protocol. */
function frames(chance: Chance): Shot {
  const upgrade = (target: string, method: string, protocol: string): Uint8Array =>
    Buffer.from(
      `${method} /v1.51${target} HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\nSec-WebSocket-Key: ${chance.of(['dGhlIHNhbXBsZSBub25jZQ==', '', '?'])}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      'latin1',
    )
  const bytes = chance.of([
    upgrade('/containers/box/attach?stream=1&stdin=1&stdout=1&detachKeys=ctrl-p,ctrl-q', 'POST', 'tcp'),
    upgrade('/containers/box/attach/ws?stream=1&stdin=1&stdout=1', 'GET', 'websocket'),
    upgrade('/containers/box/attach/ws?stream=1&stdin=1&stdout=1', 'GET', 'websocket'),
  ])
  return { bytes, refused: false, frames: chance.bytes(chance.below(400)) }
}

const KINDS = [path, stranger, query, query, json, json, brokenJson, head, header, archive, archive, frames]

export const nextShot = (chance: Chance): Shot => chance.of(KINDS)(chance)
