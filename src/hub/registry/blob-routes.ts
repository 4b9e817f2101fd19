import type { Input } from '../../http/input.ts'
import { type Answer, empty, type HeaderPairs } from '../../http/reply.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { authorize } from './access.ts'
import { refuse, VERSION_HEADER } from './errors.ts'
import { condition, rangeOf } from './etag.ts'
import { digestIn, findBlob } from './find.ts'
import { ranged } from './ranges.ts'
import { keyOf } from './registry.ts'

const PATH = '/v2/*name/blobs/:digest'

const TYPE = ['Content-Type', 'application/octet-stream'] as const

const headersOf = (digest: string): HeaderPairs => [
  VERSION_HEADER,
  ['Docker-Content-Digest', digest],
  ['Etag', `"${digest}"`],
  ['Cache-Control', 'max-age=31536000'],
  ['Accept-Ranges', 'bytes'],
]

/** Go leaves out the type of what is not modified. */
const unmet = (status: 304 | 412, digest: string): Answer => ({
  status,
  headers: [...headersOf(digest).slice(0, 4), ...(status === 412 ? [TYPE] : [])],
})

function get(state: HubState, input: Input): Answer {
  const where = authorize(state, input, ['pull'])
  const asked = input.params.digest!
  const blob = findBlob(state.content, where, asked)
  const digest = state.content.links.get(keyOf(where, asked))!
  const how = condition(input, digest)
  if (how !== 'good') return unmet(how === 'failed' ? 412 : 304, digest)
  const answer = ranged(blob, rangeOf(input, digest), TYPE[1], headersOf(digest))
  return input.request.method === 'HEAD' ? { status: answer.status, headers: answer.headers ?? [] } : answer
}

export const blobRoutes: readonly HubRoute[] = [
  { method: 'GET', path: PATH, operationId: 'BlobGet', reply: ({ state, input }) => get(state, input), refuse },
  { method: 'HEAD', path: PATH, operationId: 'BlobHead', reply: ({ state, input }) => get(state, input), refuse },
  {
    method: 'DELETE',
    path: PATH,
    operationId: 'BlobDelete',
    command: (input, state) => {
      const { registry, name } = authorize(state, input, ['delete'])
      return { type: 'BlobDelete', registry, name, digest: digestIn(input.params.digest!) }
    },
    reply: () => ({ ...empty(202), headers: [VERSION_HEADER] }),
    refuse,
  },
]
