import type { Answer } from '../../http/reply.ts'
import type { Context } from '../../http/route.ts'
import type { HubEvent } from '../events.ts'
import { nameOf } from '../index-v1/repository-name.ts'
import { keyOf } from '../registry/registry.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { answerV1 } from './answer.ts'
import { type Allowed, standalone } from './authorize.ts'
import { tagNotFound } from './errors.ts'
import { checkRepository } from './find.ts'
import { guarded } from './guarded.ts'
import type { TagInfo } from './image.ts'
import { lookupTag, tagsV1 } from './tags.ts'

const TAG = '/v1/repositories/*name/tags/:tag'

type Asked = Context<HubState, HubEvent>

function tags({ state, input }: Asked, { registry }: Allowed): Answer {
  const where = { registry, name: nameOf(input) }
  checkRepository(state, where, standalone(input))
  return answerV1(Object.fromEntries(tagsV1(state, where).map(([tag, { id }]) => [tag, id])))
}

function tag({ state, input }: Asked, { registry }: Allowed): Answer {
  const image = lookupTag(state, { registry, name: nameOf(input) }, input.params.tag!)
  if (!image) throw tagNotFound()
  return answerV1(image.id)
}

/** What the User-Agent said of the machine that put the tag: `docker/1.3.3 go/go1.3.3 kernel/3.16.0 os/linux arch/amd64`. */
function infoJson(info: TagInfo | undefined) {
  const said = Object.fromEntries(
    [...(info?.agent ?? '').matchAll(/([^\s/]+)\/(\S+)/g)].map(([, key, value]) => [key!, value!]),
  ) as Readonly<Record<string, string | undefined>>
  return {
    last_update: info?.updated ?? null,
    docker_version: said.docker ?? null,
    docker_go_version: said.go ?? null,
    arch: said.arch?.toLowerCase() ?? 'amd64',
    os: said.os?.toLowerCase() ?? 'linux',
    kernel: said.kernel?.toLowerCase() ?? null,
  }
}

const info =
  (named?: string) =>
  ({ state, input }: Asked, { registry }: Allowed): Answer =>
    answerV1(infoJson(state.registryV1.infos.get(keyOf({ registry, name: nameOf(input) }, named ?? input.params.tag!))))

export const tagRoutes: readonly HubRoute[] = [
  guarded({ method: 'GET', path: '/v1/repositories/*name/tags', operationId: 'TagsGetV1', reply: tags }),
  guarded({ method: 'GET', path: `${TAG}/json`, operationId: 'TagJsonGetV1', reply: info() }),
  guarded({
    method: 'GET',
    path: '/v1/repositories/*name/json',
    operationId: 'RepositoryJsonGetV1',
    reply: info('latest'),
  }),
  guarded({ method: 'GET', path: TAG, operationId: 'TagGetV1', reply: tag }),
  guarded({
    method: 'PUT',
    path: TAG,
    operationId: 'TagPutV1',
    command: (input, { registry }) => ({
      type: 'TagPutV1',
      registry,
      name: nameOf(input),
      tag: input.params.tag!,
      bytes: input.request.body,
      agent: input.request.headers['user-agent'] ?? '',
    }),
    reply: () => answerV1(true),
  }),
  guarded({
    method: 'DELETE',
    path: TAG,
    operationId: 'TagDeleteV1',
    command: (input, { registry }) => ({ type: 'TagDeleteV1', registry, name: nameOf(input), tag: input.params.tag! }),
    reply: () => answerV1(true),
  }),
]
