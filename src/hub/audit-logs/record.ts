import type { Stamped } from '../../core/decider.ts'
import { Sequence } from '../../core/sequence.ts'
import type { HubEvent } from '../events.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import { tagsOf } from '../registry/registry.ts'
import { namespaceOf, type Repository, repositoryKey } from '../repositories/repository.ts'
import type { HubState } from '../state.ts'
import type { AuditLogs } from './audit-log.ts'
import { ofOrganisation, type Told } from './of-organisation.ts'

/** The logs after an event: what somebody does on Docker Hub stands there, what the world began with does not. */
export function recorded(before: HubState, event: Stamped<HubEvent>): AuditLogs {
  const actor = event.by ?? (event.type === 'manifest.add' ? event.account : undefined)
  const account = actor ? accountOf(before, event) : undefined
  if (!actor || account === undefined) return before.auditLogs
  const told = toldOf(before, event).map(({ data = {}, ...one }) => ({ account, ...one, actor, data, at: event.at }))
  if (told.length === 0) return before.auditLogs
  return before.auditLogs.set(account, (before.auditLogs.get(account) ?? Sequence.empty).append(...told))
}

/** The namespace in which it happened; `undefined`: in none of the Hub's. */
function accountOf({ organisationTokens }: HubState, event: HubEvent): string | undefined {
  switch (event.type) {
    case 'organisation.set':
      return event.organisation.name
    case 'organisation-token.set':
      return event.token.organisation
    case 'organisation-token.delete':
      return organisationTokens.get(event.id)?.organisation
    case 'repository.set':
      return event.repository.registry === REGISTRY_HOST ? namespaceOf(event.repository.name) : undefined
    case 'repository.delete':
    case 'manifest.add':
    case 'manifest.delete':
    case 'tag.delete':
      return event.registry === REGISTRY_HOST ? namespaceOf(event.name) : undefined
    default:
      return undefined
  }
}

function toldOf(before: HubState, event: HubEvent): Told[] {
  switch (event.type) {
    case 'organisation.set':
      return ofOrganisation(before.organisations.get(event.organisation.name), event.organisation)
    case 'organisation-token.set': {
      const action = before.organisationTokens.has(event.token.id) ? 'update' : 'create'
      return [
        { action: `org.access_token.${action}`, name: event.token.organisation, data: { label: event.token.label } },
      ]
    }
    case 'organisation-token.delete': {
      const { organisation: name, label } = before.organisationTokens.get(event.id)!
      return [{ action: 'org.access_token.delete', name, data: { label } }]
    }
    case 'repository.set': {
      const { registry, name } = event.repository
      return ofRepository(before.repositories.get(repositoryKey(registry, name)), event.repository)
    }
    case 'repository.delete':
      return [{ action: 'repo.delete', name: event.name }]
    case 'manifest.add':
      if (event.tag === undefined) return []
      return [{ action: 'repo.tag.push', name: event.name, data: { digest: event.manifest.digest, tag: event.tag } }]
    case 'manifest.delete':
      return tagsOf(before.content, event)
        .filter(([, digest]) => digest === event.digest)
        .map(([tag, digest]): Told => ({ action: 'repo.tag.delete', name: event.name, data: { digest, tag } }))
    case 'tag.delete':
      return [{ action: 'repo.tag.delete', name: event.name, data: { tag: event.tag } }]
    default:
      return []
  }
}

function ofRepository(before: Repository | undefined, after: Repository): Told[] {
  const { name } = after
  if (!before) return [{ action: 'repo.create', name }]
  const described = before.description !== after.description || before.fullDescription !== after.fullDescription
  const privacy = { previous_privacy: before.visibility, new_privacy: after.visibility }
  return [
    ...(before.visibility === after.visibility
      ? []
      : [{ action: 'repo.change_privacy' as const, name, data: privacy }]),
    ...(described ? [{ action: 'repo.update' as const, name }] : []),
    ...(before.categories === after.categories ? [] : [{ action: 'repo.categories.update' as const, name }]),
  ]
}
