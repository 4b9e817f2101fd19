import type { HubRoute } from '../verb.ts'
import { answerV1 } from './answer.ts'
import { authorizeJson } from './authorize.ts'
import { guarded } from './guarded.ts'

const done = () => answerV1(true)

/** An image comes in three requests: its JSON, its layer, its checksum. */
export const uploadRoutesV1: readonly HubRoute[] = [
  guarded({
    method: 'PUT',
    path: '/v1/images/:id/json',
    operationId: 'ImageJsonPutV1',
    ask: authorizeJson,
    command: ({ params, request }, { registry, repository = '', listed, layer }) => ({
      type: 'ImageJsonPutV1',
      registry,
      name: repository,
      id: params.id!,
      bytes: request.body,
      listed,
      parent: layer,
    }),
    reply: done,
  }),
  guarded({
    method: 'PUT',
    path: '/v1/images/:id/layer',
    operationId: 'ImageLayerPutV1',
    command: ({ params, request }, { registry, repository = '', listed }) => ({
      type: 'ImageLayerPutV1',
      registry,
      name: repository,
      id: params.id!,
      bytes: request.body,
      listed,
    }),
    reply: done,
  }),
  guarded({
    method: 'PUT',
    path: '/v1/images/:id/checksum',
    operationId: 'ImageChecksumPutV1',
    command: ({ params, request }, { registry, repository = '', listed }, { rules }) => ({
      type: 'ImageChecksumPutV1',
      registry,
      name: repository,
      id: params.id!,
      payload: request.headers['x-docker-checksum-payload'],
      // Registries with cookies are those of before 0.7: they knew the older header too.
      legacy: rules.v1.tokens === 'single-use' ? request.headers['x-docker-checksum'] : undefined,
      listed,
    }),
    reply: done,
  }),
]
