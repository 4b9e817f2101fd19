import type { Input } from '../../../http/input.ts'
import { json, noContent } from '../../../http/reply.ts'
import type { Identity } from '../../access-tokens/identity.ts'
import type { HubCommand } from '../../commands.ts'
import { REGISTRY_HOST } from '../../hosts.ts'
import { mayInOrganisation } from '../../organisation-tokens/rights.ts'
import { namespaceOf, type Repository, type Visibility } from '../../repositories/repository.ts'
import { rights } from '../../repositories/rights.ts'
import type { HubState } from '../../state.ts'
import type { HubRoute } from '../../verb.ts'
import { forbidden, forbiddenToToken, notFound, refuse } from '../errors.ts'
import { type Form, formOf } from '../form.ts'
import { headOf, under } from '../rows.ts'
import { repositoryInfo } from '../wire/repository.ts'
import { findRepository, nameOf, repositoryFor, visitorIfAny, visitorOf } from './find.ts'
import { listIn } from './list.ts'

const NAME = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/
const LONGEST_DESCRIPTION = 100
const LONGEST_FULL = 25_000
const LONGEST_NAME = 255

/** The newer paths, then those that they take the place of. */
export const ONE = ['/v2/namespaces/:namespace/repositories/:repository', '/v2/repositories/:namespace/:repository']
const ALL = ['/v2/namespaces/:namespace/repositories', '/v2/repositories/:namespace']

const visibilityOf = (isPrivate: boolean | undefined): Visibility | undefined =>
  isPrivate === undefined ? undefined : isPrivate ? 'private' : 'public'

const texts = (form: Form) => ({
  description: form.text('description', LONGEST_DESCRIPTION),
  fullDescription: form.text('full_description', LONGEST_FULL),
})

function create(input: Input, state: HubState): HubCommand {
  const who = visitorOf(state, input)
  const form = formOf(input)
  const name = form.required('name', LONGEST_NAME)
  const said = form.text('namespace')
  const namespace = input.params.namespace ?? said ?? ''
  const { description = '', fullDescription } = texts(form)
  const visibility = visibilityOf(form.flag('is_private')) ?? 'public'
  form.need(namespace !== '', 'namespace')
  form.need(said === undefined || said === namespace, 'namespace', 'must be the one of the path')
  form.need(
    name.length >= 2 && NAME.test(name),
    'name',
    'must be 2 to 255 lower-case letters, digits, and . _ - between them',
  )
  form.check()
  checkNamespace(state, namespace)
  const full = `${namespace}/${name}`
  if (!mayCreate(state, who, full)) throw who.token ? forbiddenToToken() : forbidden()
  return { type: 'CreateRepository', name: full, description, fullDescription, visibility }
}

/** An organisation's token makes repositories where it is for that, whatever it is for beside. */
const mayCreate = (state: HubState, who: Identity, name: string): boolean =>
  who.organisationToken
    ? namespaceOf(name) === who.account.name && mayInOrganisation(who.organisationToken, 'scope-repository-create')
    : rights(state, who, REGISTRY_HOST, name).push

function checkNamespace({ accounts, organisations }: HubState, namespace: string): void {
  if (!accounts.has(namespace) && !organisations.has(namespace) && namespace !== 'library') throw notFound()
}

function update(input: Input, state: HubState): HubCommand {
  const { repository } = repositoryFor(state, input, 'admin')
  const form = formOf(input)
  const command = { ...texts(form), visibility: visibilityOf(form.flag('is_private')) }
  form.check()
  return { type: 'UpdateRepository', name: repository.name, ...command }
}

function privacy(input: Input, state: HubState): HubCommand {
  const { repository } = repositoryFor(state, input, 'admin')
  const form = formOf(input)
  const isPrivate = form.flag('is_private')
  form.need(isPrivate !== undefined, 'is_private')
  form.check()
  const same = { description: undefined, fullDescription: undefined }
  return { type: 'UpdateRepository', name: repository.name, ...same, visibility: visibilityOf(isPrivate) }
}

const star = (input: Input, state: HubState, starred: boolean): HubCommand => {
  const { account } = visitorOf(state, input)
  const { repository } = repositoryFor(state, input, 'pull')
  return { type: 'StarRepository', name: repository.name, account: account.name, starred }
}

const info = (state: HubState, input: Input, repository: Repository, status = 200) =>
  json(repositoryInfo(state, visitorIfAny(state, input), repository), status)

/** As it is after the command. */
const changed = (state: HubState, input: Input) => info(state, input, findRepository(state, nameOf(input)))

const createRow: Omit<HubRoute, 'path'> = {
  method: 'POST',
  operationId: 'CreateRepository',
  command: create,
  reply: ({ state, events, input }) =>
    info(state, input, events.find((event) => event.type === 'repository.set')!.repository, 201),
  refuse,
}

const oneRows = under(ONE, {
  method: 'GET',
  operationId: 'GetRepository',
  reply: ({ state, input }) => info(state, input, repositoryFor(state, input, 'pull').repository),
  refuse,
})

/** https://docs.docker.com/reference/api/hub/latest/#tag/repositories, and what the Hub's own pages and tools ask. */
export const repositoryRoutes: readonly HubRoute[] = [
  ...under([...ALL, '/v2/repositories'], createRow),
  ...under(ALL, {
    method: 'GET',
    operationId: 'listNamespaceRepositories',
    reply: ({ state, input }) => json(listIn(state, visitorIfAny(state, input), input)),
    refuse,
  }),
  ...oneRows,
  ...oneRows.map((row) => headOf(row, 'CheckRepository')),
  ...under(ONE, {
    method: 'PATCH',
    operationId: 'UpdateRepository',
    command: update,
    reply: ({ state, input }) => changed(state, input),
    refuse,
  }),
  ...under(ONE, {
    method: 'DELETE',
    operationId: 'DeleteRepository',
    command: (input, state) => ({
      type: 'DeleteRepository',
      name: repositoryFor(state, input, 'admin').repository.name,
    }),
    reply: () => ({ status: 202 }),
    refuse,
  }),
  ...under(
    ONE.map((path) => `${path}/privacy`),
    {
      method: 'POST',
      operationId: 'UpdateRepositoryPrivacy',
      command: privacy,
      reply: ({ state, input }) => changed(state, input),
      refuse,
    },
  ),
  ...under(
    ONE.map((path) => `${path}/stars`),
    {
      method: 'POST',
      operationId: 'StarRepository',
      command: (input, state) => star(input, state, true),
      reply: () => noContent,
      refuse,
    },
  ),
  ...under(
    ONE.map((path) => `${path}/stars`),
    {
      method: 'DELETE',
      operationId: 'UnstarRepository',
      command: (input, state) => star(input, state, false),
      reply: () => noContent,
      refuse,
    },
  ),
]
