import { Problem } from '../../core/problem.ts'
import { utf8 } from '../../http/json-lines.ts'
import type { Answer, HeaderPairs } from '../../http/reply.ts'
import { statusOf } from '../../http/status.ts'

const HEADERS: HeaderPairs = [
  ['Content-Type', 'application/json'],
  ['Vary', 'Accept'],
]

/** The bare JSON, without a newline after it: docker compares whole bodies. */
export const indexJson = (value: unknown, status = 200, headers: HeaderPairs = []): Answer => ({
  status,
  headers: [...HEADERS, ...headers],
  bytes: [utf8(JSON.stringify(value))],
})

export const indexEmpty = (headers: HeaderPairs = []): Answer => ({ status: 204, headers: [...HEADERS, ...headers] })

const CHALLENGE = ['WWW-Authenticate', 'Basic realm="auth required",Token'] as const

/** The Index words its refusals as JSON strings. */
export const refuse = ({ kind, message }: Problem): Answer =>
  indexJson(message, statusOf[kind], kind === 'Unauthorized' ? [CHALLENGE] : [])

export const badJson = () => new Problem('InvalidParameter', 'Error Decoding JSON')
export const badData = () => new Problem('InvalidParameter', 'Invalid data')
