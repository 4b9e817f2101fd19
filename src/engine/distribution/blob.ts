import type { Answer } from '../../http/reply.ts'
import type { RemoteLayer } from './distribution.ts'
import { bytesOf, headerOf, refusalOf } from './errors.ts'
import type { Progress } from './progress.ts'
import { pathOf, type Repository } from './repository.ts'
import { need, ok } from './session.ts'
import type { Ask, Talk } from './talk.ts'

export function* blobBytes(repository: Repository, digest: string, on: Omit<Ask, 'request'> = {}): Talk<Uint8Array> {
  const got = yield* repository.ask({ method: 'GET', path: `blobs/${digest}`, ...on })
  if (!ok(got)) throw refusalOf(got)
  return bytesOf(got)
}

export function* hasBlob(repository: Repository, digest: string): Talk<boolean> {
  return ok(yield* repository.ask({ method: 'HEAD', path: `blobs/${digest}` }))
}

/** Takes a blob over from another repository of the same registry; false where it does not let one. */
export function* mountBlob(repository: Repository, { digest, repository: name }: RemoteLayer): Talk<boolean> {
  const from = pathOf(name)
  const path = `blobs/uploads/?${new URLSearchParams({ from, mount: digest })}`
  const answer = yield* repository.ask({ method: 'POST', path, scopes: [`repository:${from}:pull`] })
  // It began an upload in its place.
  if (answer.status === 202) yield* repository.ask({ method: 'DELETE', path: headerOf(answer, 'location') ?? '' })
  return answer.status === 201
}

export function* uploadBlob(repository: Repository, digest: string, body: Uint8Array, progress?: Progress): Talk<void> {
  const begun = need(yield* repository.ask({ method: 'POST', path: 'blobs/uploads/' }))
  const path = locationOf(begun, '')
  const headers = { 'content-type': 'application/octet-stream' }
  const sent = need(yield* repository.ask({ method: 'PATCH', path, headers, body, ...(progress && { progress }) }))
  const last = locationOf(sent, path)
  const closing = `${last}${last.includes('?') ? '&' : '?'}${new URLSearchParams({ digest })}`
  need(yield* repository.ask({ method: 'PUT', path: closing }))
}

const locationOf = (answer: Answer, otherwise: string) => headerOf(answer, 'location') ?? otherwise
