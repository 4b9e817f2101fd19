import { type Answer, empty } from '../../http/reply.ts'
import type { HubRoute } from '../verb.ts'
import { authorize } from './access.ts'
import { RegistryProblem, refuse, VERSION_HEADER } from './errors.ts'
import { findBlob } from './find.ts'

const PATH = '/v2/*name/blobs/:digest'

const headers = (digest: string) =>
  [
    VERSION_HEADER,
    ['Content-Type', 'application/octet-stream'],
    ['Docker-Content-Digest', digest],
    ['Etag', `"${digest}"`],
    ['Cache-Control', 'max-age=31536000'],
    ['Accept-Ranges', 'bytes'],
  ] as const

/** The whole blob, or one range of it. RFC 9110 §14 */
function content(blob: Uint8Array, digest: string, range: string | undefined): Answer {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? '')
  if (!asked || (asked[1] === '' && asked[2] === '')) {
    return { status: 200, headers: [...headers(digest), ['Content-Length', String(blob.length)]], bytes: [blob] }
  }
  const [, first = '', last = ''] = asked
  const from = first === '' ? Math.max(0, blob.length - Number(last)) : Number(first)
  const to = first === '' || last === '' ? blob.length - 1 : Math.min(Number(last), blob.length - 1)
  if (from > to) throw new RegistryProblem('RANGE_INVALID', { headers: [['Content-Range', `bytes */${blob.length}`]] })
  return {
    status: 206,
    headers: [
      ...headers(digest),
      ['Content-Range', `bytes ${from}-${to}/${blob.length}`],
      ['Content-Length', String(to - from + 1)],
    ],
    bytes: [blob.subarray(from, to + 1)],
  }
}

export const blobRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: PATH,
    operationId: 'BlobGet',
    reply: ({ state, input }) => {
      const digest = input.params.digest!
      const blob = findBlob(state.content, authorize(state, input, ['pull']), digest)
      return content(blob, digest, input.request.headers.range)
    },
    refuse,
  },
  {
    method: 'HEAD',
    path: PATH,
    operationId: 'BlobHead',
    reply: ({ state, input }) => {
      const digest = input.params.digest!
      const { length } = findBlob(state.content, authorize(state, input, ['pull']), digest)
      return { status: 200, headers: [...headers(digest), ['Content-Length', String(length)]] }
    },
    refuse,
  },
  {
    method: 'DELETE',
    path: PATH,
    operationId: 'BlobDelete',
    command: (input, state) => {
      const { registry, name } = authorize(state, input, ['delete'])
      return { type: 'BlobDelete', registry, name, digest: input.params.digest! }
    },
    reply: ({ input }) => ({
      ...empty(202),
      headers: [VERSION_HEADER, ['Docker-Content-Digest', input.params.digest!]],
    }),
    refuse,
  },
]
