import { FileError } from '../../storage/file-error.ts'
import { text } from '../kernel/bytes.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import { SIGNALS } from '../kernel/signals.ts'
import { Buffer } from './buffer.ts'
import { entrypoint } from './entrypoint.ts'
import { firstStart, laterStart, logLine, NO_PASSWORD, POSTGRES_FULL } from './postgres-log.ts'
import { query, type Result } from './postgres-query.ts'
import {
  authenticationOk,
  backendKey,
  CANCEL_REQUEST,
  complete,
  dataRow,
  failure,
  GSS_REQUEST,
  message,
  parameter,
  parseBind,
  parseMessage,
  parseStartup,
  ready,
  rowDescription,
  SSL_REQUEST,
} from './postgres-wire.ts'
import { type Context, type Service, type Session, serviceProgram } from './server.ts'
import { POSTGRES_VERSION } from './versions.ts'

interface State {
  readonly user: string
  readonly databases: string[]
  backends: number
  /** A smart shutdown waits for the clients. */
  leaving: boolean
}

interface Client {
  user: string
  database: string
  started: boolean
  transaction: 'I' | 'T' | 'E'
  readonly statements: Map<string, string>
  readonly portals: Map<string, { sql: string; values: readonly (string | null)[] }>
  /** After an error in the extended protocol everything is skipped up to Sync. */
  skipping: boolean
}

const service: Service<State, Client> = {
  name: 'postgres',
  boot({ kernel, process, now }) {
    const user = process.env.get('POSTGRES_USER') || 'postgres'
    const database = process.env.get('POSTGRES_DB') || user
    const state: State = { user, databases: ['postgres', 'template1', 'template0'], backends: 0, leaving: false }
    if (database !== 'postgres') state.databases.push(database)
    if (process.argv.includes('--version'))
      return { state, log: [{ text: `postgres (PostgreSQL) ${POSTGRES_VERSION}` }], exit: 0 }
    const directory = process.env.get('PGDATA') ?? '/var/lib/postgresql/data'
    if (isCluster(kernel, process, directory)) return { state, log: laterStart(now), ports: [5432] }
    const trusting = process.env.get('POSTGRES_HOST_AUTH_METHOD') === 'trust'
    if (!process.env.get('POSTGRES_PASSWORD') && !trusting)
      return { state, log: [{ stream: 2, text: NO_PASSWORD }], exit: 1 }
    makeCluster(kernel, process, directory)
    return { state, log: firstStart(now, database), ports: [5432] }
  },
  open: () => ({
    user: '',
    database: '',
    started: false,
    transaction: 'I',
    statements: new Map(),
    portals: new Map(),
    skipping: false,
  }),
  receive(context, session, bytes) {
    let rest = bytes
    while (rest.length > 0) {
      const taken = session.data.started ? hear(context, session, rest) : greet(context, session, rest)
      if (taken === 0) break
      rest = rest.subarray(taken)
    }
    return rest
  },
  signals: {
    [SIGNALS.TERM]: ({ now }) => stop(now, 'smart'),
    [SIGNALS.INT]: ({ now }) => stop(now, 'fast'),
    [SIGNALS.QUIT]: ({ now }) => ({ log: [logLine(now, 1, 'received immediate shutdown request')], exit: 0 }),
    [SIGNALS.HUP]: ({ now }) => ({
      log: [logLine(now, 1, 'received SIGHUP, reloading configuration files')],
    }),
  },
}

const root = (kernel: Kernel) => ({ uid: 0, gid: 0, umask: 0o077, now: kernel.time })

function isCluster(kernel: Kernel, process: Process, directory: string): boolean {
  return kernel.access(process, `${directory}/PG_VERSION`, 0)
}

/** Enough of a data directory to be one: a second start on the same volume finds it. */
function makeCluster(kernel: Kernel, _process: Process, directory: string): void {
  try {
    kernel.namespace.mkdirp(root(kernel), directory)
    kernel.namespace.writeFile(root(kernel), `${directory}/PG_VERSION`, '17\n', 0o600)
    kernel.namespace.writeFile(root(kernel), `${directory}/postgresql.conf`, "listen_addresses = '*'\n", 0o600)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
  }
}

const stop = (now: number, how: 'smart' | 'fast') => ({
  log: [
    logLine(now, 1, `received ${how} shutdown request`),
    logLine(now, 1, 'aborting any active transactions'),
    logLine(now, 1, 'background worker "logical replication launcher" (PID 66) exited with exit code 1'),
    logLine(now, 61, 'shutting down'),
    logLine(now, 61, 'checkpoint starting: shutdown immediate'),
    logLine(now, 1, 'database system is shut down'),
  ],
  exit: 0,
})

type Here = Session<Client>

/** The start of a connection; gives the bytes that it took. */
function greet(context: Context<State>, session: Here, bytes: Uint8Array): number {
  const startup = parseStartup(bytes)
  if (!startup) return 0
  if (startup.code === SSL_REQUEST || startup.code === GSS_REQUEST) session.send('N')
  else if (startup.code === CANCEL_REQUEST) session.close()
  else admit(context, session, startup.params)
  return startup.length
}

function admit({ state }: Context<State>, session: Here, params: ReadonlyMap<string, string>): void {
  const user = params.get('user') ?? ''
  const database = params.get('database') ?? user
  const refuse = (code: string, words: string) => {
    session.send(failure('FATAL', code, words))
    session.close()
  }
  if (user !== state.user) return refuse('28000', `role "${user}" does not exist`)
  if (!state.databases.includes(database)) return refuse('3D000', `database "${database}" does not exist`)
  Object.assign(session.data, { user, database, started: true })
  session.send(authenticationOk())
  for (const [name, value] of Object.entries(PARAMETERS)) session.send(parameter(name, value))
  session.send(backendKey(100 + state.backends++))
  session.send(ready('I'))
}

const PARAMETERS = {
  client_encoding: 'UTF8',
  DateStyle: 'ISO, MDY',
  integer_datetimes: 'on',
  IntervalStyle: 'postgres',
  server_encoding: 'UTF8',
  server_version: `${POSTGRES_VERSION} (Debian ${POSTGRES_VERSION}-1.pgdg120+2)`,
  standard_conforming_strings: 'on',
  TimeZone: 'Etc/UTC',
}

function hear(context: Context<State>, session: Here, bytes: Uint8Array): number {
  const found = parseMessage(bytes)
  if (!found) return 0
  const { data: client } = session
  if (!client.skipping || found.type === 'S' || found.type === 'X') obey(context, session, found.type, found.body)
  return found.length
}

function obey(context: Context<State>, session: Here, type: string, body: Uint8Array): void {
  const { data: client } = session
  switch (type) {
    case 'Q':
      for (const sql of statementsOf(cstring(body))) if (!execute(context, session, sql, [], true)) break
      session.send(ready(client.transaction))
      break
    case 'P': {
      const [name = '', sql = ''] = text(body).split('\0')
      client.statements.set(name, sql)
      session.send(message('1'))
      break
    }
    case 'B': {
      const { portal, statement, values } = parseBind(body)
      client.portals.set(portal, { sql: client.statements.get(statement) ?? '', values })
      session.send(message('2'))
      break
    }
    case 'D':
      describe(context, session, text(body))
      break
    case 'E': {
      const { sql = '', values = [] } = client.portals.get(cstring(body)) ?? {}
      client.skipping = !execute(context, session, sql, values, false)
      break
    }
    case 'C':
      session.send(message('3'))
      break
    case 'S':
      client.skipping = false
      session.send(ready(client.transaction))
      break
    case 'X':
      session.close()
      break
  }
}

const cstring = (body: Uint8Array) => text(body).split('\0')[0] ?? ''

/** A simple query may hold several statements. */
function statementsOf(sql: string): string[] {
  const parts = sql.match(/(?:'(?:[^']|'')*'|[^;'])+/g)?.filter((part) => part.trim() !== '') ?? []
  return parts.length > 0 ? parts : ['']
}

const ask = ({ now, state }: Context<State>, { data }: Here, sql: string, values: readonly (string | null)[]) =>
  query(
    { now, user: data.user, database: data.database, databases: state.databases, version: POSTGRES_FULL },
    sql.replace(/;\s*$/, ''),
    values,
  )

/** False: it was refused. */
function execute(
  context: Context<State>,
  session: Here,
  sql: string,
  values: readonly (string | null)[],
  described: boolean,
): boolean {
  const result = ask(context, session, sql, values)
  if ('code' in result) {
    session.send(failure('ERROR', result.code, result.message))
    if (session.data.transaction === 'T') session.data.transaction = 'E'
    return false
  }
  send(session, result, described)
  session.data.transaction = result.transaction ?? session.data.transaction
  return true
}

function send(session: Here, result: Result, described: boolean): void {
  if (described && result.columns.length > 0) session.send(rowDescription(result))
  for (const row of result.rows) session.send(dataRow(row))
  session.send(result.tag === '' ? message('I') : complete(result.tag))
}

function describe(context: Context<State>, session: Here, body: string): void {
  const { statements, portals } = session.data
  const name = body.slice(1).split('\0')[0] ?? ''
  const isStatement = body.startsWith('S')
  const sql = (isStatement ? statements.get(name) : portals.get(name)?.sql) ?? ''
  if (isStatement) session.send(message('t', parameterTypes(sql)))
  const result = ask(context, session, sql, portals.get(name)?.values ?? [])
  const rows = 'code' in result || result.columns.length === 0
  session.send(rows ? message('n') : rowDescription(result))
}

function parameterTypes(sql: string): Buffer {
  const count = Math.max(0, ...[...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)))
  const body = new Buffer().int16(count)
  for (let at = 0; at < count; at++) body.int32(25)
  return body
}

export const postgres: Program = serviceProgram(service)

/** docker-entrypoint.sh: options mean `postgres`. */
export const postgresEntrypoint: Program = entrypoint('postgres-entrypoint', {
  argv: (given) => (given[0]?.startsWith('-') ? ['postgres', ...given] : given),
})
