import { type Instant, SECOND } from '../../core/instant.ts'
import type { Problem } from '../../core/problem.ts'
import { utf8 } from '../../http/json-lines.ts'
import type { Answer, HeaderPairs } from '../../http/reply.ts'
import { statusOf } from '../../http/status.ts'
import { RegistryProblem } from '../registry/errors.ts'
import { ProblemV1 } from './errors.ts'
import { pythonJson } from './python-json.ts'

const NOT_KEPT: HeaderPairs = [
  ['Content-Type', 'application/json'],
  ['Cache-Control', 'no-cache'],
  ['Expires', '-1'],
  ['Pragma', 'no-cache'],
]
const YEAR = 31_536_000

/** An answer that no cache shall keep, as Python writes JSON. */
export const answerV1 = (value: unknown, status = 200, headers: HeaderPairs = []): Answer => ({
  status,
  headers: [...NOT_KEPT, ...headers],
  bytes: [utf8(pythonJson(value))],
})

export const emptyV1 = (status: number, headers: HeaderPairs = []): Answer => ({
  status,
  headers: [...NOT_KEPT, ...headers],
})

/** Images never change, so whoever reads one may keep it for a year. */
export const keptHeaders = (now: Instant): HeaderPairs => [
  ['Cache-Control', `public, max-age=${YEAR}`],
  ['Expires', new Date((now / SECOND + YEAR) * 1000).toUTCString()],
  ['Last-Modified', 'Thu, 01 Jan 1970 00:00:00 GMT'],
]

/** `{"error": "…"}` */
export function refuse(problem: Problem): Answer {
  if (problem instanceof RegistryProblem) return answerV1({ error: 'Requires authorization' }, 401, problem.headers)
  const { status = statusOf[problem.kind], headers = [] } = problem instanceof ProblemV1 ? problem : {}
  return status === 416 ? { status, headers } : answerV1({ error: problem.message }, status, headers)
}

/** Werkzeug's page for a path that is none, or for a method that is not one of the path's. */
export function lostPage(allowed: readonly string[]): Answer {
  const [status, title, text] =
    allowed.length === 0
      ? [
          404,
          'Not Found',
          'The requested URL was not found on the server.  If you entered the URL manually please check your spelling and try again.',
        ]
      : [405, 'Method Not Allowed', 'The method is not allowed for the requested URL.']
  const page = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`
  const allow: HeaderPairs = allowed.length === 0 ? [] : [['Allow', [...allowed, 'OPTIONS'].join(', ')]]
  return { status: status as number, headers: [['Content-Type', 'text/html'], ...allow], text: page }
}
