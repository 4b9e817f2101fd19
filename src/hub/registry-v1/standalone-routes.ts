import type { Input } from '../../http/input.ts'
import type { HeaderPairs } from '../../http/reply.ts'
import { hmac } from '../auth/hmac.ts'
import type { Access } from '../auth/index-token.ts'
import { lookupListing } from '../index-v1/find.ts'
import { imageList, listedJson } from '../index-v1/image-list.ts'
import { nameOf, REPOSITORY } from '../index-v1/repository-name.ts'
import { matches } from '../index-v1/search.ts'
import { registryOf } from '../registry/access.ts'
import type { Where } from '../registry/registry.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { answerV1, emptyV1, refuse } from './answer.ts'
import { authorize } from './authorize.ts'
import { errorDecoding, imagesNotFound } from './errors.ts'
import { jsonOf } from './json-put.ts'

const whereOf = (input: Input): Where => ({ registry: registryOf(input), name: nameOf(input) })

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** A token that nobody ever looks at. docker-registry puts the word into its header too, so clients send it twice. */
function headers({ rules, now }: HubState, input: Input, access: Access): HeaderPairs {
  const { registry, name } = whereOf(input)
  const random = hmac(rules.secret, `standalone ${registry} ${name} ${access} ${now}`)
  const signature = [...random.subarray(0, 16)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
  const token = `Token signature=${signature},repository="${name}",access=${access}`
  return [
    ['X-Docker-Token', token],
    ['WWW-Authenticate', token],
    ['X-Docker-Endpoints', input.request.headers.host ?? registry],
  ]
}

function checkJson({ request }: Input): void {
  if (!jsonOf(request.body)) throw errorDecoding()
}

const route = (
  method: string,
  path: string,
  operationId: string,
  more: Pick<HubRoute, 'command' | 'reply'>,
): HubRoute => ({
  method,
  path,
  operationId,
  ask: authorize,
  ...more,
  refuse,
})

const users: readonly HubRoute[] = ['/v1/users/', '/v1/users'].flatMap((path) => [
  route('GET', path, 'StandaloneLogin', { reply: () => answerV1('OK') }),
  route('POST', path, 'StandaloneUserCreate', {
    reply: ({ input }) => {
      checkJson(input)
      return answerV1('User Created', 201)
    },
  }),
])

const update: readonly HubRoute[] = ['/v1/users/:user/', '/v1/users/:user'].map((path) =>
  route('PUT', path, 'StandaloneUserUpdate', { reply: () => emptyV1(204) }),
)

const IMAGES = '/v1/repositories/*name/images'

const repositories: readonly HubRoute[] = [
  route('GET', IMAGES, 'StandaloneImagesGet', {
    reply: ({ state, input }) => {
      const listing = lookupListing(state, whereOf(input))
      if (!listing) throw imagesNotFound()
      return answerV1(listing.images.map(listedJson), 200, headers(state, input, 'read'))
    },
  }),
  route('PUT', IMAGES, 'StandaloneImagesPut', {
    command: (input, state) => {
      const where = whereOf(input)
      const images = imageList(input.request.body)
      if (lookupListing(state, where)) return { type: 'IndexImagesPut', ...where, images }
      return { type: 'IndexRepositoryPut', ...where, images, token: false }
    },
    reply: ({ state, input }) => emptyV1(204, headers(state, input, 'write')),
  }),
  route('DELETE', IMAGES, 'StandaloneImagesDelete', {
    reply: ({ state, input }) => emptyV1(204, headers(state, input, 'delete')),
  }),
  route('PUT', '/v1/repositories/*name/auth', 'StandaloneAuth', { reply: () => answerV1('OK') }),
  ...REPOSITORY.map((path) =>
    route('PUT', path, 'StandaloneRepositoryPut', {
      command: (input) => ({
        type: 'IndexRepositoryPut',
        ...whereOf(input),
        images: imageList(input.request.body),
        token: false,
      }),
      reply: ({ state, input }) => answerV1('', 200, headers(state, input, 'write')),
    }),
  ),
]

const search = route('GET', '/v1/search', 'StandaloneSearch', {
  reply: ({ state, input }) => {
    const query = input.query.get('q') ?? ''
    const results = state.repositories
      .prefix(`${registryOf(input)}/`)
      .filter((one) => matches(one, query))
      .map(({ name, description }) => ({ name, description }))
    return answerV1({ query, num_results: results.length, results })
  },
})

/** What a registry that is its own Index plays of one: it lets everybody do everything. */
export const standaloneRoutes: readonly HubRoute[] = [...users, ...update, ...repositories, search]
