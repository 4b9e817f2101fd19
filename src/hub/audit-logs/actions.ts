interface Action {
  readonly label: string
  readonly what: string
}

/**
 * What is told of, by its whole name. https://docs.docker.com/reference/api/hub/latest/#tag/audit-logs lists the names of the older ones,
 * https://docs.docker.com/admin/organization/activity-logs the labels of all.
 */
export const ACTIONS = {
  'org.team.create': { label: 'Team Created', what: 'team create' },
  'org.team.update': { label: 'Team Updated', what: 'team update' },
  'org.team.delete': { label: 'Team Deleted', what: 'team delete' },
  'org.team.member.add': { label: 'Team Member Added', what: 'team member add' },
  'org.team.member.remove': { label: 'Team Member Removed', what: 'team member remove' },
  'org.team.member.invite': { label: 'Team Member Invited', what: 'team member invite' },
  'org.member.added': { label: 'Organization Member Added', what: 'org member add' },
  'org.member.removed': { label: 'Organization Member Removed', what: 'org member remove' },
  'org.member.role_changed': { label: 'Member Role Changed', what: 'org member role change' },
  'org.create': { label: 'Organization Created', what: 'organization create' },
  'org.settings.update': { label: 'Organization Settings Updated', what: 'organization settings update' },
  'org.access_token.create': { label: 'Access token created', what: 'access token create' },
  'org.access_token.update': { label: 'Access token updated', what: 'access token update' },
  'org.access_token.delete': { label: 'Access token deleted', what: 'access token delete' },
  'repo.create': { label: 'Repository Created', what: 'repository create' },
  'repo.delete': { label: 'Repository Deleted', what: 'repository delete' },
  'repo.update': { label: 'Repository Updated', what: 'repository update' },
  'repo.change_privacy': { label: 'Privacy Changed', what: 'repository privacy change' },
  'repo.tag.push': { label: 'Tag Pushed', what: 'image tag push' },
  'repo.tag.delete': { label: 'Tag Deleted', what: 'image tag delete' },
  'repo.categories.update': { label: 'Categories Updated', what: 'repository categories update' },
} as const satisfies Readonly<Record<string, Action>>

export type ActionName = keyof typeof ACTIONS

const GROUPS = { org: 'Organization', repo: 'Repository' } as const

const inGroup = (group: keyof typeof GROUPS) => ({
  actions: Object.entries(ACTIONS)
    .filter(([name]) => name.startsWith(`${group}.`))
    .map(([name, { label, what }]) => ({
      name: name.slice(group.length + 1),
      description: `contains ${what} events`,
      label,
    })),
  label: GROUPS[group],
})

/** `{ actions: { org, repo } }`: a user's namespace has no teams. */
export const actionsWire = (isOrganisation: boolean) => ({
  actions: { ...(isOrganisation ? { org: inGroup('org') } : {}), repo: inGroup('repo') },
})
