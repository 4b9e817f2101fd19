import type { Input } from '../../http/input.ts'
import type { Answer } from '../../http/reply.ts'
import type { HubEvent } from '../events.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { authorize, mayPull, whereOf } from './access.ts'
import { GO_ERROR, RegistryProblem, refuse, VERSION_HEADER } from './errors.ts'
import { findUpload } from './find.ts'
import { moved } from './moved.ts'

const START = '/v2/*name/blobs/uploads'
const ONE = '/v2/*name/blobs/uploads/:id'
const WRITE = ['pull', 'push'] as const

const stored = ({ name }: { readonly name: string }, digest: string): Answer => ({
  status: 201,
  headers: [VERSION_HEADER, ['Location', `/v2/${name}/blobs/${digest}`], ['Docker-Content-Digest', digest]],
})

/** How far an upload is; `Range` counts inclusively, and says `0-0` of nothing too. */
function progress(state: HubState, input: Input, id: string, status: number): Answer {
  const where = whereOf(input)
  const { size } = findUpload(state.content, where, id)
  return {
    status,
    headers: [
      VERSION_HEADER,
      ['Location', `/v2/${where.name}/blobs/uploads/${id}`],
      ['Range', `0-${Math.max(0, size - 1)}`],
      ['Docker-Upload-Uuid', id],
    ],
  }
}

const addedIn = (events: readonly HubEvent[]) => events.find((event) => event.type === 'blob.add')
const startedIn = (events: readonly HubEvent[]) => events.find((event) => event.type === 'upload.start')

function start(path: string): HubRoute {
  return {
    method: 'POST',
    path,
    operationId: 'BlobUploadStart',
    command: (input, state) => {
      const { registry, name } = authorize(state, input, WRITE)
      const [digest, from] = [input.query.get('mount'), input.query.get('from')]
      return {
        type: 'BlobUploadStart',
        registry,
        name,
        bytes: input.request.body,
        digest: input.query.get('digest') ?? undefined,
        mount: digest === null || from === null ? undefined : { digest, from, allowed: mayPull(state, input, from) },
      }
    },
    reply: ({ state, events, input }) => {
      const added = addedIn(events)
      return added ? stored(added, added.digest) : progress(state, input, startedIn(events)!.upload.id, 202)
    },
    refuse,
  }
}

/** Where a part says that it begins: `Content-Range: 0-99`, with or without the unit. distribution: registry/handlers/blobupload.go */
function beginOf({ request }: Input): number | undefined {
  const header = request.headers['content-range']
  if (header === undefined) return undefined
  const [, from, to] = /^(?:bytes[ =])?(\d+)-(\d+)(?:\/.*)?$/.exec(header) ?? []
  if (from === undefined || Number(to) < Number(from)) throw new RegistryProblem('RANGE_INVALID', { detail: GO_ERROR })
  if (Number(to) - Number(from) + 1 !== request.body.length) throw new RegistryProblem('SIZE_INVALID')
  return Number(from)
}

const status = (method: string): HubRoute => ({
  method,
  path: ONE,
  operationId: 'BlobUploadStatus',
  reply: ({ state, input }) => {
    authorize(state, input, ['pull'])
    return progress(state, input, input.params.id!, 204)
  },
  refuse,
})

export const uploadRoutes: readonly HubRoute[] = [
  start(`${START}/`),
  ...moved(START),
  ...['GET', 'HEAD'].map(status),
  {
    method: 'PATCH',
    path: ONE,
    operationId: 'BlobUploadAppend',
    command: (input, state) => {
      const { registry, name } = authorize(state, input, WRITE)
      return {
        type: 'BlobUploadAppend',
        registry,
        name,
        id: input.params.id!,
        bytes: input.request.body,
        from: beginOf(input),
      }
    },
    reply: ({ state, input }) => progress(state, input, input.params.id!, 202),
    refuse,
  },
  {
    method: 'PUT',
    path: ONE,
    operationId: 'BlobUploadFinish',
    command: (input, state) => {
      const { registry, name } = authorize(state, input, WRITE)
      findUpload(state.content, { registry, name }, input.params.id!)
      const digest = input.query.get('digest')
      if (!digest) throw new RegistryProblem('DIGEST_INVALID', { detail: 'digest missing' })
      const [id, bytes, from] = [input.params.id!, input.request.body, beginOf(input)]
      return { type: 'BlobUploadFinish', registry, name, id, bytes, digest, from }
    },
    reply: ({ events, input }) => stored(whereOf(input), addedIn(events)!.digest),
    refuse,
  },
  {
    method: 'DELETE',
    path: ONE,
    operationId: 'BlobUploadCancel',
    command: (input, state) => {
      const { registry, name } = authorize(state, input, WRITE)
      return { type: 'BlobUploadCancel', registry, name, id: input.params.id! }
    },
    reply: ({ input }) => ({ status: 204, headers: [VERSION_HEADER, ['Docker-Upload-Uuid', input.params.id!]] }),
    refuse,
  },
]
