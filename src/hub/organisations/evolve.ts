import type { HubEvolution } from '../verb.ts'
import type { OrganisationEvents } from './events.ts'
import type { Organisations } from './organisation.ts'

export const organisationsEvolution: HubEvolution<Organisations, OrganisationEvents> = {
  'organisation.set': (slice, { organisation }) => slice.set(organisation.name, organisation),
}
