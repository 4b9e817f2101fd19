import type { Input } from '../../http/input.ts'
import { nameOf, REPOSITORY } from '../index-v1/repository-name.ts'
import { type Repository, repositoryKey } from '../repositories/repository.ts'
import type { HubRoute } from '../verb.ts'
import { answerV1 } from './answer.ts'
import { standalone } from './authorize.ts'
import { invalidData } from './errors.ts'
import { guarded } from './guarded.ts'
import { jsonOf } from './json-put.ts'

const remove = (path: string): HubRoute =>
  guarded({
    method: 'DELETE',
    path,
    operationId: 'RepositoryDeleteV1',
    command: (input, { registry }) => ({
      type: 'RepositoryDeleteV1',
      registry,
      name: nameOf(input),
      standalone: standalone(input),
    }),
    reply: () => answerV1(true),
  })

/** `{"access": "public"}` or `"private"` */
function visibilityIn({ request }: Input): Repository['visibility'] {
  const access = jsonOf(request.body)?.access
  if (access !== 'public' && access !== 'private') throw invalidData()
  return access
}

const PROPERTIES = '/v1/repositories/*name/properties'

export const propertyRoutes: readonly HubRoute[] = [
  guarded({
    method: 'GET',
    path: PROPERTIES,
    operationId: 'PropertiesGetV1',
    reply: ({ state, input }, { registry }) => {
      const repository = state.repositories.get(repositoryKey(registry, nameOf(input)))
      return answerV1({ access: repository?.visibility ?? 'public' })
    },
  }),
  guarded({
    method: 'PUT',
    path: PROPERTIES,
    operationId: 'PropertiesPutV1',
    command: (input, { registry }) => ({
      type: 'PropertiesPutV1',
      registry,
      name: nameOf(input),
      visibility: visibilityIn(input),
    }),
    reply: () => answerV1(true),
  }),
]

/** Tags and name go, images stay. */
export const removalRoutes: readonly HubRoute[] = ['/v1/repositories/*name/tags', ...REPOSITORY].map(remove)
