import type { Input } from '../../../http/input.ts'
import { json, noContent } from '../../../http/reply.ts'
import { keyOf, tagsOf } from '../../registry/registry.ts'
import type { Repository } from '../../repositories/repository.ts'
import type { HubState } from '../../state.ts'
import type { HubRoute } from '../../verb.ts'
import { noTag, refuse } from '../errors.ts'
import { pageOf } from '../page.ts'
import { repositoryFor } from '../repositories/find.ts'
import { orderOf } from '../repositories/list.ts'
import { ONE } from '../repositories/routes.ts'
import { headOf, under } from '../rows.ts'
import { tagWire } from '../wire/tag.ts'

interface Named {
  readonly tag: string
  readonly digest: string
  readonly updated: number
}

const byTag = (a: Named, b: Named): number => (a.tag < b.tag ? -1 : 1)
const ORDERS = {
  name: byTag,
  last_updated: (a: Named, b: Named) => a.updated - b.updated || byTag(a, b),
}

function list(state: HubState, input: Input) {
  const { repository } = repositoryFor(state, input, 'pull')
  const part = input.query.get('name') ?? ''
  const tags = tagsOf(state.content, repository)
    .filter(([tag]) => tag.includes(part))
    .map(([tag, digest]) => ({ tag, digest, updated: updatedOf(state, repository, tag) }))
    .sort(orderOf(input, ORDERS, '-last_updated'))
  return pageOf(tags, input, ({ tag, digest }) => tagWire(state, repository, tag, digest))
}

const updatedOf = ({ activity }: HubState, repository: Repository, tag: string) =>
  activity.tags.get(keyOf(repository, tag))?.updated ?? repository.created

function one(state: HubState, input: Input) {
  const { repository } = repositoryFor(state, input, 'pull')
  const tag = input.params.tag!
  const digest = state.content.tags.get(keyOf(repository, tag))
  if (digest === undefined) throw noTag(repository.name, tag)
  return tagWire(state, repository, tag, digest)
}

const listRows = under(
  ONE.map((path) => `${path}/tags`),
  {
    method: 'GET',
    operationId: 'ListRepositoryTags',
    reply: ({ state, input }) => json(list(state, input)),
    refuse,
  },
)
const oneRows = under(
  ONE.map((path) => `${path}/tags/:tag`),
  {
    method: 'GET',
    operationId: 'GetRepositoryTag',
    reply: ({ state, input }) => json(one(state, input)),
    refuse,
  },
)

/** Tags as they stand in the registry: there is no second book of them. */
export const tagRoutes: readonly HubRoute[] = [
  ...listRows,
  ...listRows.map((row) => headOf(row, 'CheckRepositoryTags')),
  ...oneRows,
  ...oneRows.map((row) => headOf(row, 'CheckRepositoryTag')),
  ...under(
    ONE.map((path) => `${path}/tags/:tag`),
    {
      method: 'DELETE',
      operationId: 'DeleteRepositoryTag',
      command: (input, state) => {
        const { repository } = repositoryFor(state, input, 'admin')
        return { type: 'DeleteRepositoryTag', name: repository.name, tag: input.params.tag! }
      },
      reply: () => noContent,
      refuse,
    },
  ),
]
