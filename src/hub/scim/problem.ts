import { type Kind, Problem } from '../../core/problem.ts'
import { utf8 } from '../../http/json-lines.ts'
import type { Answer, HeaderPairs } from '../../http/reply.ts'
import { statusOf } from '../../http/status.ts'

const TYPE: HeaderPairs = [['Content-Type', 'application/scim+json']]

export const scimJson = (value: unknown, status = 200): Answer => ({
  status,
  headers: TYPE,
  bytes: [utf8(JSON.stringify(value))],
})

/** RFC 7644 §3.12: what is wrong, as far as there is a word for it. */
export class ScimProblem extends Problem {
  readonly scimType: string | undefined
  constructor(kind: Kind, message: string, scimType?: string) {
    super(kind, message)
    this.scimType = scimType
  }
}

/** components/schemas/scim_error */
export function refuse(problem: Problem): Answer {
  const status = statusOf[problem.kind]
  const scimType = problem instanceof ScimProblem ? problem.scimType : undefined
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error']
  const words = { schemas, status: String(status), detail: problem.message }
  return scimJson(scimType === undefined ? words : { ...words, scimType }, status)
}

export const invalidFilter = () => new ScimProblem('InvalidParameter', 'filter is invalid', 'invalidFilter')
export const invalidValue = (what: string) => new ScimProblem('InvalidParameter', `${what} is invalid`, 'invalidValue')
export const invalidSyntax = () => new ScimProblem('InvalidParameter', 'body is invalid', 'invalidSyntax')
export const notFound = () => new ScimProblem('NotFound', 'resource not found')
export const unauthorized = () => new ScimProblem('Unauthorized', 'unauthorized')
export const alreadyMember = () => new ScimProblem('Conflict', 'user already exists', 'uniqueness')
