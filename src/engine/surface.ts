import { Problem } from '../core/problem.ts'
import type { Input, Request } from '../http/input.ts'
import type { Answer, HeaderPairs } from '../http/reply.ts'
import { statusOf } from '../http/status.ts'
import { versionBelow } from './api-version.ts'
import type { EngineState } from './state.ts'
import { apiVersion, engineVersion } from './system/host.ts'
import { shaped, supports } from './versions.ts'

const HEADERS: HeaderPairs = [
  ['Api-Version', apiVersion],
  ['Docker-Experimental', 'false'],
  ['Ostype', 'linux'],
  ['Server', `Docker/${engineVersion} (linux)`],
]

/** moby: daemon/server/middleware/version.go */
function admit({ version }: Input, { host }: EngineState): void {
  if (versionBelow(version, host.minApiVersion))
    throw new Problem(
      'InvalidParameter',
      `client version ${version} is too old. Minimum supported API version is ${host.minApiVersion}, please upgrade your client to a newer version`,
    )
  if (versionBelow(apiVersion, version))
    throw new Problem(
      'InvalidParameter',
      `client version ${version} is too new. Maximum supported API version is ${apiVersion}`,
    )
}

/** Plain text below 1.24, JSON since. moby: httputils.MakeErrorHandler */
function refuse({ kind, message }: Problem, version: string): Answer {
  const status = statusOf[kind]
  if (status === 304) return { status: supports(version, 'notModified') ? status : 204 }
  return versionBelow(version, '1.24')
    ? { status, text: `${message}\n`, headers: [['X-Content-Type-Options', 'nosniff']] }
    : { status, json: { message } }
}

export const surface = {
  version: apiVersion,
  admit,
  headers: () => HEADERS,
  shape: (answer: Answer, operationId: string, { version }: Input) => shaped(answer, operationId, version),
  refuse,
  lost: ({ method }: Request): Answer =>
    method === 'OPTIONS' ? { status: 200 } : { status: 404, json: { message: 'page not found' } },
}
