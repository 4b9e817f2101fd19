import { own } from '../../../core/own.ts'
import type { Input } from '../../../http/input.ts'
import type { Identity } from '../../access-tokens/identity.ts'
import { REGISTRY_HOST } from '../../hosts.ts'
import type { OrganisationToken } from '../../organisation-tokens/organisation-token.ts'
import { mayInOrganisation } from '../../organisation-tokens/rights.ts'
import type { Repository } from '../../repositories/repository.ts'
import { rights } from '../../repositories/rights.ts'
import type { HubState } from '../../state.ts'
import { HubProblem } from '../errors.ts'
import { pageOf } from '../page.ts'
import { repositoryEntry } from '../wire/repository.ts'

type Order = (a: Repository, b: Repository) => number

const byName: Order = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
const ORDERS: Readonly<Record<string, Order>> = {
  name: byName,
  last_updated: (a, b) => a.updated - b.updated || byName(a, b),
  pull_count: (a, b) => a.pulls - b.pulls || byName(a, b),
}

/** The order that `ordering` asks for; a hyphen turns it around. */
export function orderOf<T>(
  { query }: Input,
  orders: Readonly<Record<string, (a: T, b: T) => number>>,
  usual: string,
): (a: T, b: T) => number {
  const asked = query.get('ordering') || usual
  const order = own(orders, asked.replace(/^-/, ''))
  if (!order) throw wrongOrdering(Object.keys(orders).flatMap((name) => [name, `-${name}`]))
  return asked.startsWith('-') ? (a, b) => order(b, a) : order
}

const wrongOrdering = (names: readonly string[]) =>
  new HubProblem('InvalidParameter', 'Invalid ordering value', {
    ordering: [`Invalid ordering value. Must be one of: ${names.join(', ')}`],
  })

const mayList = (token: OrganisationToken | undefined) =>
  token !== undefined && mayInOrganisation(token, 'scope-repository-list')

/** By a token of the organisation's what is private is listed only where it is for lists. */
const maySee = (state: HubState, who: Identity | undefined, name: string): boolean =>
  !who?.organisationToken && rights(state, who, REGISTRY_HOST, name).pull

/** What of a namespace the caller may see; a namespace that is not there is an empty one. */
export function listIn(state: HubState, who: Identity | undefined, input: Input) {
  const part = (input.query.get('name') ?? '').toLowerCase()
  const order = orderOf(input, ORDERS, '-last_updated')
  const token = who?.organisationToken
  const seesAll = token?.organisation === input.params.namespace && mayList(token)
  const seen = state.repositories
    .prefix(`${REGISTRY_HOST}/${input.params.namespace}/`)
    .filter(({ name }) => name.slice(name.indexOf('/') + 1).includes(part))
    .filter(({ name, visibility }) => visibility === 'public' || seesAll || maySee(state, who, name))
    .sort(order)
  return pageOf(seen, input, (repository) => repositoryEntry(state, who, repository))
}
