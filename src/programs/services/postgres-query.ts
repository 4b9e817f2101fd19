import { type Instant, SECOND } from '../../core/instant.ts'
import { dashTime, partsOf } from './log-time.ts'

export type Row = readonly (string | null)[]

interface Column {
  readonly name: string
  /** The oid of its type. */
  readonly type: number
  readonly size: number
}

export interface Result {
  readonly tag: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** What ReadyForQuery says afterwards. */
  readonly transaction?: 'I' | 'T'
}

export interface Refusal {
  readonly code: string
  readonly message: string
}

export interface QueryContext {
  readonly now: Instant
  readonly user: string
  readonly database: string
  readonly databases: readonly string[]
  readonly version: string
}

const TEXT = 25
const INT4 = 23
const NUMERIC = 1700
const BOOL = 16
const TIMESTAMPTZ = 1184

interface Value {
  readonly text: string | null
  readonly name: string
  readonly type: number
  readonly size: number
}

const COMMANDS: Readonly<Record<string, string>> = {
  BEGIN: 'BEGIN',
  START: 'START TRANSACTION',
  COMMIT: 'COMMIT',
  END: 'COMMIT',
  ROLLBACK: 'ROLLBACK',
  SET: 'SET',
  RESET: 'RESET',
  DISCARD: 'DISCARD ALL',
  DEALLOCATE: 'DEALLOCATE',
  LISTEN: 'LISTEN',
}

/**
 * What the look-alike knows of SQL: SELECT of literals and of a few functions, transactions, SET and SHOW. All else is refused in words
 * that say so; it holds no tables.
 */
export function query(context: QueryContext, sql: string, params: readonly (string | null)[] = []): Result | Refusal {
  const statement = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').trim()
  const word = /^[a-z]+/i.exec(statement)?.[0].toUpperCase() ?? ''
  if (statement === '') return { tag: '', columns: [], rows: [] }
  if (word === 'SELECT' || word === 'VALUES') return select(context, statement, params)
  if (word === 'SHOW') return show(context, statement.slice(4).trim())
  const tag = COMMANDS[word]
  if (tag)
    return {
      tag,
      columns: [],
      rows: [],
      ...(word === 'BEGIN' || word === 'START' ? { transaction: 'T' } : word === 'SET' ? {} : { transaction: 'I' }),
    }
  return unsupported(word || statement.slice(0, 20))
}

const unsupported = (what: string): Refusal => ({
  code: '0A000',
  message: `${what} is not built in this look-alike of PostgreSQL: it answers SELECT of literals only`,
})

function select(context: QueryContext, statement: string, params: readonly (string | null)[]): Result | Refusal {
  if (/\bfrom\s+pg_database\b/i.test(statement)) return databases(context, statement)
  if (/\bfrom\b/i.test(statement.replace(/'(?:[^']|'')*'/g, ''))) {
    const table = /\bfrom\s+("?)([\w.]+)\1/i.exec(statement)?.[2] ?? ''
    return { code: '42P01', message: `relation "${table}" does not exist` }
  }
  const values: Value[] = []
  for (const expression of split(statement.replace(/^(select|values)\s*/i, '').replace(/^\((.*)\)$/s, '$1'))) {
    const value = evaluate(context, expression, params)
    if (!value) return unsupported(`SELECT ${expression}`)
    values.push(value)
  }
  return {
    tag: 'SELECT 1',
    columns: values.map(({ name, type, size }) => ({ name, type, size })),
    rows: [values.map((value) => value.text)],
  }
}

function databases({ databases }: QueryContext, statement: string): Result {
  const wanted = /'((?:[^']|'')*)'/.exec(statement)?.[1]
  const rows = databases
    .filter((name) => wanted === undefined || name === wanted)
    .map((name) => [/select\s+1/i.test(statement) ? '1' : name])
  return { tag: `SELECT ${rows.length}`, columns: [{ name: 'datname', type: TEXT, size: -1 }], rows }
}

/** At the commas outside of quotes and parentheses. */
function split(list: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let from = 0
  for (let at = 0; at < list.length; at++) {
    if (list[at] === "'") quoted = !quoted
    else if (quoted) continue
    else if (list[at] === '(') depth++
    else if (list[at] === ')') depth--
    else if (list[at] === ',' && depth === 0) {
      parts.push(list.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, list.slice(from)].map((part) => part.trim()).filter((part) => part !== '')
}

function evaluate(context: QueryContext, expression: string, params: readonly (string | null)[]): Value | undefined {
  const named = /^(.*?)\s+as\s+"?(\w+)"?$/is.exec(expression)
  const value = simple(context, (named?.[1] ?? expression).trim(), params)
  return value && named ? { ...value, name: named[2]! } : value
}

function simple(context: QueryContext, expression: string, params: readonly (string | null)[]): Value | undefined {
  const cast = /^(.*)::(\w+)$/s.exec(expression)
  if (cast) {
    const value = simple(context, cast[1]!.trim(), params)
    return (
      value && {
        ...value,
        ...typed(cast[2]!.toLowerCase()),
        name: value.name === '?column?' ? cast[2]!.toLowerCase() : value.name,
      }
    )
  }
  const param = /^\$(\d+)$/.exec(expression)
  if (param) return { text: params[Number(param[1]) - 1] ?? null, name: '?column?', type: TEXT, size: -1 }
  return literal(expression) ?? sum(expression) ?? call(context, expression)
}

const typed = (name: string) =>
  name.startsWith('int')
    ? { type: INT4, size: 4 }
    : name === 'bool' || name === 'boolean'
      ? { type: BOOL, size: 1 }
      : { type: TEXT, size: -1 }

function literal(expression: string): Value | undefined {
  const value = (text: string | null, type: number, size: number, name = '?column?') => ({ text, name, type, size })
  if (/^-?\d+$/.test(expression)) return value(String(Number(expression)), INT4, 4)
  if (/^-?\d+\.\d+$/.test(expression)) return value(expression, NUMERIC, -1)
  if (/^'(?:[^']|'')*'$/s.test(expression)) return value(expression.slice(1, -1).replaceAll("''", "'"), TEXT, -1)
  if (/^null$/i.test(expression)) return value(null, TEXT, -1)
  if (/^(true|false)$/i.test(expression)) return value(expression[0]!.toLowerCase(), BOOL, 1, 'bool')
  return undefined
}

function sum(expression: string): Value | undefined {
  const found = /^(-?\d+)\s*([-+*])\s*(-?\d+)$/.exec(expression)
  if (!found) return undefined
  const [a, b] = [Number(found[1]), Number(found[3])]
  const result = found[2] === '+' ? a + b : found[2] === '-' ? a - b : a * b
  return { text: String(result), name: '?column?', type: INT4, size: 4 }
}

function call({ now, user, database, version }: QueryContext, expression: string): Value | undefined {
  const name = /^(\w+)(?:\(\s*\))?$/.exec(expression)?.[1]?.toLowerCase()
  const value = (text: string, type = TEXT, size = -1) => ({ text, name: name!, type, size })
  switch (name) {
    case 'version':
      return value(version)
    case 'current_user':
    case 'session_user':
    case 'user':
      return value(user)
    case 'current_database':
      return value(database)
    case 'current_schema':
      return value('public')
    case 'now':
    case 'current_timestamp':
      return value(`${dashTime(now)}.${partsOf(now).microsecond}+00`, TIMESTAMPTZ, 8)
    case 'pg_postmaster_start_time':
      return value(`${dashTime(now - (now % SECOND))}+00`, TIMESTAMPTZ, 8)
    default:
      return undefined
  }
}

function show({ version }: QueryContext, name: string): Result {
  const settings: Readonly<Record<string, string>> = {
    server_version: version.split(' ')[1] ?? '',
    server_encoding: 'UTF8',
    client_encoding: 'UTF8',
    timezone: 'Etc/UTC',
    transaction_isolation: 'read committed',
    max_connections: '100',
  }
  const setting = name.toLowerCase().replace(/;$/, '')
  return { tag: 'SHOW', columns: [{ name: setting, type: TEXT, size: -1 }], rows: [[settings[setting] ?? '']] }
}
