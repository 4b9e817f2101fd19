import { utf8 } from '../../../src/http/json-lines.ts'
import type { Wavetank } from '../../../src/index.ts'
import { digestOf } from '../../../src/storage/digest.ts'
import { ask, HUB, type Said } from '../ask.ts'

export const API = 'https://hub.docker.com'
const TOKEN = 'https://auth.docker.io/token'
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const CONFIG = 'application/vnd.docker.container.image.v1+json'
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip'

/** Asks the Hub API for somebody: `call('GET', '/v2/…')`. */
export type Call = (method: string, path: string, body?: unknown) => Said

export const caller =
  (tank: Wavetank, jwt?: string): Call =>
  (method, path, body) =>
    ask(tank, method, API + path, {
      headers: {
        ...(jwt === undefined ? {} : { authorization: `Bearer ${jwt}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

export const logIn = (tank: Wavetank, username: string, password = 'secret'): Call =>
  caller(tank, caller(tank)('POST', '/v2/users/login', { username, password }).json.token)

export const basic = (name: string, password = 'secret') => ({
  authorization: `Basic ${btoa(`${name}:${password}`)}`,
})

/** A token of the registry's for what somebody may do of `actions`. */
export function registryToken(tank: Wavetank, name: string, repository: string, actions: string, password?: string) {
  const scope = encodeURIComponent(`repository:${repository}:${actions}`)
  return ask(tank, 'GET', `${TOKEN}?service=registry.docker.io&scope=${scope}`, { headers: basic(name, password) }).json
    .token as string
}

/** Pushes an image of one layer, as a client does; the manifest's digest. */
export function push(tank: Wavetank, name: string, repository: string, tag: string, content = tag, password?: string) {
  const headers = { authorization: `Bearer ${registryToken(tank, name, repository, 'pull,push', password)}` }
  const upload = (text: string) => {
    const digest = digestOf(utf8(text))
    ask(tank, 'POST', `${HUB}/v2/${repository}/blobs/uploads/?digest=${digest}`, { headers, body: text })
    return { digest, size: utf8(text).length }
  }
  const rootfs = { type: 'layers', diff_ids: [digestOf(utf8(content))] }
  const config = upload(JSON.stringify({ architecture: 'arm64', os: 'linux', variant: 'v8', rootfs }))
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: CONFIG, ...config },
    layers: [{ mediaType: LAYER, ...upload(content) }],
  })
  const said = ask(tank, 'PUT', `${HUB}/v2/${repository}/manifests/${tag}`, {
    headers: { ...headers, 'content-type': MANIFEST },
    body: manifest,
  })
  return { ...said, digest: digestOf(utf8(manifest)) }
}

export const pull = (tank: Wavetank, name: string, repository: string, tag: string, password?: string): Said =>
  ask(tank, 'GET', `${HUB}/v2/${repository}/manifests/${tag}`, {
    headers: { authorization: `Bearer ${registryToken(tank, name, repository, 'pull', password)}` },
  })
