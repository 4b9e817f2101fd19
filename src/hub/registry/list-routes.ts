import type { Input } from '../../http/input.ts'
import { utf8 } from '../../http/json-lines.ts'
import { json } from '../../http/reply.ts'
import { namesIn, repositoryKey } from '../repositories/repository.ts'
import type { HubRoute } from '../verb.ts'
import { authorize, authorizeBase, authorizeCatalog, registryOf } from './access.ts'
import { RegistryProblem, refuse, VERSION_HEADER } from './errors.ts'
import { moved } from './moved.ts'
import { pageOf } from './page.ts'
import { referrersOf } from './referrers.ts'
import { tagsOf } from './registry.ts'

const TYPE = ['Content-Type', 'application/json; charset=utf-8'] as const

const ping = (method: string): HubRoute => ({
  method,
  path: '/v2/',
  operationId: 'Base',
  reply: ({ state, input }) => {
    authorizeBase(state, input)
    return { status: 200, headers: [VERSION_HEADER, TYPE], bytes: [utf8('{}')] }
  },
  refuse,
})

/** A catalog is given in parts of no more than this. distribution: registry/handlers/catalog.go */
const MOST_ENTRIES = 1000

function checkEntries({ query }: Input): void {
  const n = Number(query.get('n') ?? 0)
  if (n > MOST_ENTRIES) throw new RegistryProblem('PAGINATION_NUMBER_INVALID', { detail: { n } })
}

export const listRoutes: readonly HubRoute[] = [
  // The real one does not look at the method.
  ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(ping),
  ...moved('/v2'),
  {
    method: 'GET',
    path: '/v2/_catalog',
    operationId: 'Catalog',
    reply: ({ state, input }) => {
      authorizeCatalog(state, input)
      checkEntries(input)
      const registry = registryOf(input)
      const { items, headers } = pageOf(namesIn(state.repositories, registry), input, '/v2/_catalog')
      return json({ repositories: items }, 200, [VERSION_HEADER, TYPE, ...headers])
    },
    refuse,
  },
  {
    method: 'GET',
    path: '/v2/*name/tags/list',
    operationId: 'TagList',
    reply: ({ state, input }) => {
      const { registry, name } = authorize(state, input, ['pull'])
      if (!state.repositories.has(repositoryKey(registry, name)))
        throw new RegistryProblem('NAME_UNKNOWN', { detail: { name } })
      const tags = tagsOf(state.content, { registry, name }).map(([tag]) => tag)
      const { items, headers } = pageOf(tags, input, `/v2/${name}/tags/list`)
      return json({ name, tags: tags.length > 0 ? items : null }, 200, [VERSION_HEADER, TYPE, ...headers])
    },
    refuse,
  },
  {
    method: 'GET',
    path: '/v2/*name/referrers/:digest',
    operationId: 'ReferrerList',
    reply: ({ state, input }) => referrersOf(state.content, authorize(state, input, ['pull']), input),
    refuse,
  },
]
