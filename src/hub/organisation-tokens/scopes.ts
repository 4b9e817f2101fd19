/**
 * What an organisation access token can be for, each with the one that it has in it. Those of webhooks, reports and other products are
 * taken, and open nothing here. https://docs.docker.com/security/access-tokens/reference/
 */
const REPOSITORY = {
  'scope-image-pull': undefined,
  'scope-image-push': 'scope-image-pull',
  'scope-image-delete': 'scope-image-push',
  'scope-repository-read': undefined,
  'scope-repository-edit': 'scope-repository-read',
  'scope-repository-admin': 'scope-repository-edit',
  'scope-tag-read': undefined,
  'scope-tag-admin': 'scope-tag-read',
  'scope-webhook-read': undefined,
  'scope-webhook-edit': 'scope-webhook-read',
  'scope-webhook-admin': 'scope-webhook-edit',
  'scope-repo-group-read': undefined,
  'scope-repo-group-edit': 'scope-repo-group-read',
  'scope-repo-group-admin': 'scope-repo-group-edit',
  'scope-repository-settings-admin': undefined,
} as const

const ORGANISATION = {
  'scope-member-read': undefined,
  'scope-member-edit': 'scope-member-read',
  'scope-invite-read': undefined,
  'scope-invite-edit': 'scope-invite-read',
  'scope-group-read': undefined,
  'scope-group-edit': 'scope-group-read',
  'scope-activity-read': undefined,
  'scope-siem_credentials-read': undefined,
  'scope-ram-read': undefined,
  'scope-ram-write': 'scope-ram-read',
  'scope-report-read': undefined,
  'scope-repository-create': undefined,
  'scope-repository-list': undefined,
  'scope-registry-usage-read': undefined,
} as const

export type RepositoryScope = keyof typeof REPOSITORY
export type OrganisationScope = keyof typeof ORGANISATION
export type Scope = RepositoryScope | OrganisationScope

const WITHIN: Readonly<Record<string, Scope | undefined>> = { ...REPOSITORY, ...ORGANISATION }

export const SCOPES_OF = {
  TYPE_REPO: new Set(Object.keys(REPOSITORY)),
  TYPE_ORG: new Set(Object.keys(ORGANISATION)),
} as const

/** Whether one of the scopes is this one, or has it in it. */
export const holdsScope = (scopes: readonly Scope[], wanted: Scope): boolean =>
  scopes.some((scope) => {
    for (let at: Scope | undefined = scope; at; at = WITHIN[at]) if (at === wanted) return true
    return false
  })
