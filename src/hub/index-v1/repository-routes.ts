import type { Input } from '../../http/input.ts'
import { badCredentials } from '../accounts/errors.ts'
import { goodToken, type IndexToken } from '../auth/index-token.ts'
import type { HubCommand } from '../commands.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { indexEmpty, indexJson, refuse } from './answer.ts'
import { callerIfAny, callerOf } from './caller.ts'
import { badToken, noSuchRepository } from './errors.ts'
import { checkAllowed, checkOrder, checkReadable, imagesOf, known, onHub } from './find.ts'
import { endpoints, tokenHeaders, wantsToken } from './handover.ts'
import { imageList, listedJson } from './image-list.ts'
import { nameOf, REPOSITORY } from './repository-name.ts'

/** A name that the caller has the right to. */
function own(state: HubState, input: Input, right: 'push' | 'admin' = 'push'): string {
  const caller = callerOf(state, input)
  const name = nameOf(input)
  checkOrder(state, name)
  checkAllowed(state, caller, name, right)
  return name
}

const isToken = ({ request }: Input) => /^token\s/i.test(request.headers.authorization ?? '')

/** The request's token, if it is for this repository, whatever its access. */
function tokenOf(state: HubState, input: Input): IndexToken | undefined {
  const token = goodToken(state, input.request.headers.authorization)
  return token?.repository === nameOf(input) ? token : undefined
}

/** A token that is shown is spent, where tokens are for a single use; one that is refused is not. */
function show(state: HubState, token: IndexToken): HubCommand | undefined {
  return state.rules.v1.tokens === 'single-use' ? { type: 'IndexTokenSpend', signature: token.signature } : undefined
}

/** For readers, and for the registry, which passes on the token that it was shown. */
function getImages(input: Input, state: HubState): HubCommand | undefined {
  checkOrder(state, nameOf(input))
  if (isToken(input)) {
    const token = tokenOf(state, input)
    if (!token || token.spent) throw badCredentials()
    if (!known(state, token.repository)) throw noSuchRepository()
    return show(state, token)
  }
  const caller = callerIfAny(state, input)
  const name = nameOf(input)
  checkReadable(state, caller, name)
  return wantsToken(input) ? { type: 'IndexTokenIssue', name } : undefined
}

function authorize(input: Input, state: HubState): HubCommand | undefined {
  const token = tokenOf(state, input)
  if (!known(state, nameOf(input))) throw noSuchRepository()
  if (!token || token.spent) throw badToken()
  return show(state, token)
}

/** Asked by the registry in the course of a request whose token was good, so it may be spent by now. */
function access(state: HubState, input: Input): boolean {
  const token = tokenOf(state, input)
  if (!token) throw badCredentials()
  return imagesOf(state, token.repository).some(({ id }) => id === input.params.id)
}

const put = (path: string): HubRoute => ({
  method: 'PUT',
  path,
  operationId: 'IndexRepositoryPut',
  command: (input, state) => ({
    type: 'IndexRepositoryPut',
    ...onHub(own(state, input)),
    images: imageList(input.request.body),
    token: wantsToken(input),
    by: callerOf(state, input).account.name,
  }),
  reply: ({ events, input }) => indexJson('', 200, [...tokenHeaders(events), ...endpoints(input)]),
  refuse,
})

const remove = (path: string): HubRoute => ({
  method: 'DELETE',
  path,
  operationId: 'IndexRepositoryDelete',
  command: (input, state) => ({
    type: 'IndexRepositoryDelete',
    name: own(state, input, 'admin'),
    token: wantsToken(input),
    by: callerOf(state, input).account.name,
  }),
  reply: ({ events, input }) => {
    if (events.some((event) => event.type === 'listing.remove')) return indexJson('')
    return indexJson('', 202, [...tokenHeaders(events), ...endpoints(input)])
  },
  refuse,
})

export const repositoryRoutes: readonly HubRoute[] = [
  {
    method: 'GET',
    path: '/v1/repositories/*name/images',
    operationId: 'IndexImagesGet',
    command: getImages,
    reply: ({ state, events, input }) =>
      indexJson(imagesOf(state, nameOf(input)).map(listedJson), 200, [...tokenHeaders(events), ...endpoints(input)]),
    refuse,
  },
  {
    method: 'PUT',
    path: '/v1/repositories/*name/images',
    operationId: 'IndexImagesPut',
    command: (input, state) => ({
      type: 'IndexImagesPut',
      ...onHub(own(state, input)),
      images: imageList(input.request.body),
    }),
    reply: () => indexEmpty(),
    refuse,
  },
  {
    method: 'PUT',
    path: '/v1/repositories/*name/auth',
    operationId: 'IndexAuth',
    command: authorize,
    reply: () => indexJson('OK'),
    refuse,
  },
  {
    method: 'GET',
    path: '/v1/repositories/*name/layer/:id/access',
    operationId: 'IndexLayerAccess',
    reply: ({ state, input }) => indexJson({ access: access(state, input) }),
    refuse,
  },
  ...REPOSITORY.map(put),
  ...REPOSITORY.map(remove),
]
