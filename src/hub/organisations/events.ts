import type { Organisation } from './organisation.ts'

export interface OrganisationEvents {
  /** A new organisation, or an organisation as it is from now on. */
  'organisation.set': { readonly organisation: Organisation }
}
