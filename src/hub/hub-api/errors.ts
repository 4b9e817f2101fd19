import { type Kind, Problem } from '../../core/problem.ts'
import { type Answer, type HeaderPairs, json } from '../../http/reply.ts'
import { statusOf } from '../../http/status.ts'

/** A refusal in the Hub API's own form. */
export class HubProblem extends Problem {
  /** What it is about: field names and what is wrong with them, or the names that were looked for. */
  readonly errinfo: Readonly<Record<string, unknown>>
  readonly headers: HeaderPairs
  constructor(kind: Kind, message: string, errinfo: Readonly<Record<string, unknown>> = {}, headers: HeaderPairs = []) {
    super(kind, message)
    this.errinfo = errinfo
    this.headers = headers
  }
}

/** `{"message":…,"errinfo":{…}}` */
export function refuse(problem: Problem): Answer {
  const { kind, message } = problem
  const { errinfo, headers } = problem instanceof HubProblem ? problem : { errinfo: {}, headers: [] }
  const body = kind === 'TooManyRequests' ? { detail: message, error: false } : { message, errinfo }
  return json(body, statusOf[kind], headers)
}

/** `{"detail":…}`: the older half of the API. */
export const refuseDetail = ({ kind, message }: Problem): Answer => json({ detail: message }, statusOf[kind])

export const unauthorized = () => new HubProblem('Unauthorized', 'unauthorized')
export const forbidden = () => new HubProblem('Forbidden', 'access to the resource is forbidden')
export const forbiddenToToken = () =>
  new HubProblem('Forbidden', 'access to the resource is forbidden with personal access token')
export const notFound = () => new HubProblem('NotFound', 'object not found')
export const noUser = () => new HubProblem('NotFound', 'User not found')
export const noMember = () => new HubProblem('NotFound', 'member not found')
export const noGroup = () => new HubProblem('NotFound', 'group not found')
export const noInvite = () => new HubProblem('NotFound', 'invite not found')
export const lastOwner = () => new HubProblem('InvalidParameter', 'an organization must have at least one owner')
export const ownersStay = () => new HubProblem('InvalidParameter', 'the owners group cannot be changed')
export const noPage = () => new HubProblem('NotFound', 'page not found')
export const invalidBody = (errinfo: Readonly<Record<string, unknown>>) =>
  new HubProblem('InvalidParameter', 'body is invalid', errinfo)
export const invalidQuery = (errinfo: Readonly<Record<string, unknown>>) =>
  new HubProblem('InvalidParameter', 'query is invalid', errinfo)
export const alreadyThere = (what: string) => new HubProblem('InvalidParameter', `${what} already exists`)
/** A token that came of a personal access token manages nothing of the account itself. */
export const passwordNeeded = () =>
  new HubProblem('Forbidden', 'token issued from personal access token is not allowed')
export const notForOrganisationTokens = () =>
  new HubProblem('Forbidden', 'token issued from organization access token is not allowed')
export const incorrectCredentials = () => new Problem('Unauthorized', 'Incorrect authentication credentials')
export function noTag(name: string, tag: string): HubProblem {
  const [namespace = '', repository = ''] = name.split('/')
  return new HubProblem('NotFound', `httperror 404: tag '${tag}' not found`, { namespace, repository, tag })
}
export const immutableTag = (tag: string) => new HubProblem('Forbidden', `tag '${tag}' is immutable`)
export const rateLimitExceeded = (headers: HeaderPairs) =>
  new HubProblem('TooManyRequests', 'Rate limit exceeded', {}, headers)
