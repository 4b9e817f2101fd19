import type { ActionName } from './actions.ts'
import type { AuditLog } from './audit-log.ts'

const SHORT_DIGEST = 'sha256:'.length + 12

const WORDS: Readonly<Record<ActionName, (log: AuditLog) => string>> = {
  'org.create': ({ name }) => `created the organization ${name}`,
  'org.settings.update': ({ name }) => `updated the settings of the organization ${name}`,
  'org.team.create': ({ data }) => `created the team ${data.team}`,
  'org.team.update': ({ data }) => `updated the team ${data.team}`,
  'org.team.delete': ({ data }) => `deleted the team ${data.team}`,
  'org.team.member.add': ({ name, data }) => `added ${name} to the team ${data.team}`,
  'org.team.member.remove': ({ name, data }) => `removed ${name} from the team ${data.team}`,
  'org.team.member.invite': ({ name, account, data }) =>
    `invited ${name} to ${data.team === undefined ? `the organization ${account}` : `the team ${data.team}`}`,
  'org.member.added': ({ name, account }) => `added ${name} to the organization ${account}`,
  'org.member.removed': ({ name, account }) => `removed ${name} from the organization ${account}`,
  'org.member.role_changed': ({ name, data }) => `changed the role of ${name} to ${data.role}`,
  'org.access_token.create': ({ data }) => `created the access token ${data.label}`,
  'org.access_token.update': ({ data }) => `updated the access token ${data.label}`,
  'org.access_token.delete': ({ data }) => `deleted the access token ${data.label}`,
  'repo.create': ({ name }) => `created the repository ${name}`,
  'repo.delete': ({ name }) => `deleted the repository ${name}`,
  'repo.update': ({ name }) => `updated the repository ${name}`,
  'repo.change_privacy': ({ name, data }) =>
    `changed the privacy of the repository ${name} from ${data.previous_privacy} to ${data.new_privacy}`,
  'repo.tag.push': ({ name, data }) =>
    `pushed the tag ${data.tag} with the digest ${data.digest!.slice(0, SHORT_DIGEST)} to the repository ${name}`,
  'repo.tag.delete': ({ name, data }) => `deleted the tag ${data.tag} of the repository ${name}`,
  'repo.categories.update': ({ name }) => `updated the categories of the repository ${name}`,
}

/** What somebody did, without who it was. */
export const described = (log: AuditLog): string => WORDS[log.action](log)
