import type { Input } from '../../http/input.ts'
import type { Answer, HeaderPairs } from '../../http/reply.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { authorize } from './access.ts'
import { refuse, VERSION_HEADER } from './errors.ts'
import { unchanged } from './etag.ts'
import { referenceIn } from './find.ts'
import { negotiated } from './negotiate.ts'
import { checkRate, rateHeaders, standing } from './rate-limit.ts'
import type { Manifest, Where } from './registry.ts'

const PATH = '/v2/*name/manifests/:reference'

const headersOf = ({ digest, mediaType, bytes }: Manifest): HeaderPairs => [
  VERSION_HEADER,
  ['Content-Type', mediaType],
  ['Content-Length', String(bytes.length)],
  ['Docker-Content-Digest', digest],
  ['Etag', `"${digest}"`],
]

/** What the client takes of what it asks for; `undefined`: it has it already. */
function found(state: HubState, input: Input, where: Where): Manifest | undefined {
  const { params, request } = input
  const manifest = negotiated(state.content, where, referenceIn(params.reference!), request.headers.accept)
  return unchanged(input, manifest.digest) ? undefined : manifest
}

const UNCHANGED: Answer = { status: 304, headers: [VERSION_HEADER] }

export const manifestRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: PATH,
    operationId: 'ManifestGet',
    command: (input, state) => {
      const where = authorize(state, input, ['pull'])
      const { registry, name, account } = where
      checkRate(standing(state, where, account, state.now))
      // Who does not take lists pulls one of what a list holds.
      const digest = found(state, input, where)?.digest
      return { type: 'ManifestGet', registry, name, account, reference: digest ?? input.params.reference! }
    },
    reply: ({ state, input }): Answer => {
      const where = authorize(state, input, ['pull'])
      const manifest = found(state, input, where)
      if (!manifest) return UNCHANGED
      const rate = rateHeaders(standing(state, where, where.account, state.now))
      return { status: 200, headers: [...headersOf(manifest), ...rate], bytes: [manifest.bytes] }
    },
    refuse,
  },
  {
    method: 'HEAD',
    path: PATH,
    operationId: 'ManifestHead',
    // A look does not count as a pull, but is refused like one.
    reply: ({ state, input }): Answer => {
      const where = authorize(state, input, ['pull'])
      const rate = standing(state, where, where.account, state.now)
      checkRate(rate)
      const manifest = found(state, input, where)
      return manifest ? { status: 200, headers: [...headersOf(manifest), ...rateHeaders(rate)] } : UNCHANGED
    },
    refuse,
  },
  {
    method: 'PUT',
    path: PATH,
    operationId: 'ManifestPut',
    command: (input, state) => {
      const { registry, name, account } = authorize(state, input, ['pull', 'push'])
      const mediaType = input.request.headers['content-type'] ?? ''
      return {
        type: 'ManifestPut',
        registry,
        name,
        account,
        reference: input.params.reference!,
        mediaType,
        bytes: input.request.body,
      }
    },
    reply: ({ events }): Answer => {
      const { name, manifest } = events.find((event) => event.type === 'manifest.add')!
      return {
        status: 201,
        headers: [
          VERSION_HEADER,
          ['Location', `/v2/${name}/manifests/${manifest.digest}`],
          ['Docker-Content-Digest', manifest.digest],
          ...(manifest.subject === undefined ? [] : [['OCI-Subject', manifest.subject] as const]),
        ],
      }
    },
    refuse,
  },
  {
    method: 'DELETE',
    path: PATH,
    operationId: 'ManifestDelete',
    command: (input, state) => {
      const { registry, name, account } = authorize(state, input, ['delete'])
      return { type: 'ManifestDelete', registry, name, account, reference: referenceIn(input.params.reference!) }
    },
    reply: () => ({ status: 202, headers: [VERSION_HEADER] }),
    refuse,
  },
]
