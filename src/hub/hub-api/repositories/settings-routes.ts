import type { Input } from '../../../http/input.ts'
import { json, noContent } from '../../../http/reply.ts'
import type { HubCommand } from '../../commands.ts'
import { tagsOf } from '../../registry/registry.ts'
import { ruleOf } from '../../repositories/immutable.ts'
import { namespaceOf } from '../../repositories/repository.ts'
import type { HubState } from '../../state.ts'
import type { HubRoute } from '../../verb.ts'
import { invalidBody, refuse } from '../errors.ts'
import { bodyOf, formOf } from '../form.ts'
import { under } from '../rows.ts'
import { repositoryInfo } from '../wire/repository.ts'
import { CATEGORIES } from './categories.ts'
import { findRepository, nameOf, repositoryFor } from './find.ts'
import { ONE } from './routes.ts'

const PERMISSIONS = ['read', 'write', 'admin'] as const
const NO_RULE = 'must be a regular expression'

function immutableTags(input: Input, state: HubState): HubCommand {
  const { repository } = repositoryFor(state, input, 'admin')
  const form = formOf(input)
  const enabled = form.flag('immutable_tags')
  const rules = form.list('immutable_tags_rules')
  form.need(enabled !== undefined, 'immutable_tags')
  form.need(rules !== undefined, 'immutable_tags_rules')
  form.need(rules?.every(ruleOf) ?? true, 'immutable_tags_rules', NO_RULE)
  form.check()
  return { type: 'UpdateRepositoryImmutableTags', name: repository.name, enabled: enabled!, rules: rules! }
}

function matching(state: HubState, input: Input): readonly string[] {
  const { repository } = repositoryFor(state, input, 'admin')
  const form = formOf(input)
  const regex = form.required('regex')
  form.need(ruleOf(regex) !== undefined, 'regex', NO_RULE)
  form.check()
  return tagsOf(state.content, repository)
    .map(([tag]) => tag)
    .filter((tag) => ruleOf(regex)!.test(tag))
}

function categories(input: Input, state: HubState): HubCommand {
  const { repository } = repositoryFor(state, input, 'admin')
  const body = bodyOf(input)
  const slugs = Array.isArray(body) ? body.map((one) => (one as { slug?: unknown } | null)?.slug) : undefined
  if (!slugs?.every((slug): slug is string => typeof slug === 'string' && Object.hasOwn(CATEGORIES, slug)))
    throw invalidBody({ categories: 'must be a list of categories, each with its slug' })
  if (slugs.length > 3) throw invalidBody({ categories: 'must be at most 3' })
  return { type: 'UpdateRepositoryCategories', name: repository.name, categories: [...new Set(slugs)] }
}

function assign(input: Input, state: HubState): HubCommand {
  const { repository } = repositoryFor(state, input, 'admin')
  const form = formOf(input)
  const groupId = form.number('group_id')
  const permission = form.oneOf('permission', PERMISSIONS)
  form.need(groupId !== undefined, 'group_id')
  form.need(permission !== undefined, 'permission')
  form.check()
  return { type: 'CreateRepositoryGroup', name: repository.name, groupId: groupId!, permission: permission! }
}

/** What the teams may do here. components/schemas/RepositoryGroup */
function groups(state: HubState, name: string) {
  const known = state.organisations.get(namespaceOf(name))?.groups ?? []
  const { groups = [] } = findRepository(state, name)
  return groups.flatMap(({ id, permission }) => {
    const group = known.find((one) => one.id === id)
    return group ? [{ group_name: group.name, permission, group_id: id }] : []
  })
}

const changed = (state: HubState, input: Input) =>
  json(repositoryInfo(state, repositoryFor(state, input, 'pull').who, findRepository(state, nameOf(input))))

const below = (tail: string) => ONE.map((path) => path + tail)

/** Immutable tags, categories and the rights of teams. */
export const repositorySettingsRoutes: readonly HubRoute[] = [
  ...under(below('/immutabletags'), {
    method: 'PATCH',
    operationId: 'UpdateRepositoryImmutableTags',
    command: immutableTags,
    reply: ({ state, input }) => changed(state, input),
    refuse,
  }),
  ...under(below('/immutabletags/verify'), {
    method: 'POST',
    operationId: 'VerifyRepositoryImmutableTags',
    reply: ({ state, input }) => json({ tags: matching(state, input) }),
    refuse,
  }),
  ...under(below('/categories'), {
    method: 'PATCH',
    operationId: 'UpdateRepositoryCategories',
    command: categories,
    reply: ({ state, input }) =>
      json(findRepository(state, nameOf(input)).categories?.map((slug) => ({ name: CATEGORIES[slug], slug }))),
    refuse,
  }),
  {
    method: 'GET',
    path: '/v2/categories',
    operationId: 'CategoryList',
    reply: () => json(Object.entries(CATEGORIES).map(([slug, name]) => ({ name, slug }))),
    refuse,
  },
  ...under(below('/groups'), {
    method: 'GET',
    operationId: 'RepositoryGroupList',
    reply: ({ state, input }) => {
      const results = groups(state, repositoryFor(state, input, 'admin').repository.name)
      return json({ count: results.length, next: null, previous: null, results })
    },
    refuse,
  }),
  ...under(below('/groups'), {
    method: 'POST',
    operationId: 'CreateRepositoryGroup',
    command: assign,
    reply: ({ state, input, events }) => {
      const { groups: all } = events.find((event) => event.type === 'repository.set')!.repository
      return json(groups(state, nameOf(input)).find(({ group_id }) => group_id === all!.at(-1)!.id))
    },
    refuse,
  }),
  ...under(below('/groups/:group'), {
    method: 'DELETE',
    operationId: 'DeleteRepositoryGroup',
    command: (input, state) => ({
      type: 'DeleteRepositoryGroup',
      name: repositoryFor(state, input, 'admin').repository.name,
      groupId: Number(input.params.group),
    }),
    reply: () => noContent,
    refuse,
  }),
]
