import { utf8 } from '../../src/http/json-lines.ts'
import type { Wavetank } from '../../src/index.ts'
import { digestOf } from '../../src/storage/digest.ts'
import { ask, type Said } from './ask.ts'

export const INDEX = 'https://index.docker.io/v1'
export const REGISTRY = 'https://registry-1.docker.io/v1'
export const ALICE = { authorization: `Basic ${btoa('alice:secret1')}` }
export const BOBBY = { authorization: `Basic ${btoa('bobby:secret1')}` }

export type Headers = Readonly<Record<string, string>>
export const wantToken = { 'x-docker-token': 'true' }
export const bearing = (token: string): Headers => ({ authorization: `Token ${token}` })

/** An image of one layer. */
export interface Made {
  readonly id: string
  readonly json: string
  readonly layer: Uint8Array
}

export const idOf = (letter: string): string => letter.repeat(64)

export function made(letter: string, parent?: string, layer: string | Uint8Array = `layer-${letter}`): Made {
  const id = idOf(letter)
  const json = JSON.stringify(parent === undefined ? { id } : { id, parent: idOf(parent) })
  return { id, json, layer: typeof layer === 'string' ? utf8(layer) : layer }
}

export const checksumOf = ({ json, layer }: Made): string => digestOf(json, '\n', layer)

/** `PUT /v1/repositories/<name>/`: gives the token for writing. */
export function allocate(tank: Wavetank, name: string, images: readonly object[], headers: Headers = ALICE): Said {
  return ask(tank, 'PUT', `${INDEX}/repositories/${name}/`, {
    headers: { ...headers, ...wantToken },
    body: JSON.stringify(images),
  })
}

export const tokenOf = ({ headers }: Said): string => headers['x-docker-token'] ?? ''

/** A token for reading. */
export const readToken = (tank: Wavetank, name: string, headers: Headers = {}): string =>
  tokenOf(ask(tank, 'GET', `${INDEX}/repositories/${name}/images`, { headers: { ...headers, ...wantToken } }))

export interface Step {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: string | Uint8Array
}

/** What docker sends to the registry for an image, in order. */
export function uploadSteps(image: Made, headers: Headers, registry = REGISTRY): Step[] {
  const url = `${registry}/images/${image.id}`
  const put = (what: string, body: string | Uint8Array, more: Headers = {}): Step => ({
    method: 'PUT',
    url: `${url}/${what}`,
    headers: { ...headers, ...more },
    body,
  })
  return [
    put('json', image.json),
    put('layer', image.layer),
    put('checksum', '', { 'x-docker-checksum-payload': checksumOf(image) }),
  ]
}

export const tagStep = (name: string, tag: string, id: string, headers: Headers, registry = REGISTRY): Step => ({
  method: 'PUT',
  url: `${registry}/repositories/${name}/tags/${tag}`,
  headers,
  body: JSON.stringify(id),
})

export const send = (tank: Wavetank, { method, url, headers, body }: Step): Said =>
  ask(tank, method, url, { headers, body })

/** The whole push, as docker did it. Gives the token. */
export function push(
  tank: Wavetank,
  name: string,
  images: readonly Made[],
  tag = 'latest',
  who: Headers = ALICE,
): string {
  const tip = images.at(-1)!
  const list = images.map(({ id }) => (id === tip.id ? { id, Tag: tag } : { id }))
  const token = tokenOf(allocate(tank, name, list, who))
  const steps = [
    ...images.flatMap((image) => uploadSteps(image, bearing(token))),
    tagStep(name, tag, tip.id, bearing(token)),
  ]
  for (const step of steps) {
    const { status, text } = send(tank, step)
    if (status !== 200) throw new Error(`${step.method} ${step.url}: ${status} ${text}`)
  }
  ask(tank, 'PUT', `${INDEX}/repositories/${name}/images`, { headers: who, body: '[]' })
  return token
}
