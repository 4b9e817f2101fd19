import { text, utf8 } from '../kernel/bytes.ts'
import type { Program } from '../kernel/program.ts'
import type { Calls } from '../user/call.ts'
import type { Sys } from '../user/sys.ts'
import { userProgram } from '../user/user-program.ts'
import { Buffer, view } from './buffer.ts'
import { parseMessage } from './postgres-wire.ts'
import { bytesOf } from './resp.ts'
import { POSTGRES_VERSION } from './versions.ts'

/** The small clients that stand in the images of services, for their health checks. */

/** Options with a value, and the words after them. */
function parse(args: readonly string[], valued: string): { options: Map<string, string>; words: string[] } {
  const options = new Map<string, string>()
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const argument = args[at]!
    const long = /^--([\w-]+)(?:=(.*))?$/.exec(argument)
    if (words.length > 0) words.push(argument)
    else if (long) options.set(long[1]!, long[2] ?? '')
    else if (/^-[a-zA-Z]/.test(argument)) {
      const takes = valued.includes(argument[1]!)
      options.set(argument[1]!, takes ? argument.slice(2) || (args[++at] ?? '') : '')
    } else words.push(argument)
  }
  return { options, words }
}

function* tryConnect(sys: Sys, host: string, port: number): Calls<number | undefined> {
  try {
    return yield* sys.connect(host, port)
  } catch {
    return undefined
  }
}

export const redisCli: Program = userProgram('redis-cli', function* (sys) {
  const { options, words } = parse(sys.args, 'hpanu')
  const host = options.get('h') ?? '127.0.0.1'
  const port = Number(options.get('p') ?? 6379)
  const fd = yield* tryConnect(sys, host, port)
  if (fd === undefined) {
    yield sys.error(`Could not connect to Redis at ${host}:${port}: Connection refused`)
    return 1
  }
  const password = options.get('a') ?? sys.env.REDISCLI_AUTH
  if (password) yield* redisCommand(sys, fd, ['AUTH', password], true)
  if (words.length > 0) return (yield* redisCommand(sys, fd, words)) ? 0 : 1
  for (let line = yield* sys.readLine(); line !== undefined; line = yield* sys.readLine())
    if (line.trim() !== '') yield* redisCommand(sys, fd, line.trim().split(/\s+/))
  return 0
})

function* redisCommand(sys: Sys, fd: number, words: readonly string[], quiet = false): Calls<boolean> {
  const sent = words.map((word) => {
    const bytes = utf8(word)
    return `$${bytes.length}\r\n${String.fromCharCode(...bytes)}\r\n`
  })
  yield sys.write(bytesOf(`*${words.length}\r\n${sent.join('')}`), fd)
  const reply = yield* redisReply(sys, fd)
  if (!quiet) yield sys.print(reply.text)
  return !reply.failed
}

/** As `redis-cli` prints it when its output is no terminal. */
function* redisReply(sys: Sys, fd: number): Calls<{ text: string; failed: boolean }> {
  const line = ((yield* sys.readLine(fd)) ?? '-ERR closed').replace(/\r$/, '')
  const rest = line.slice(1)
  if (line[0] === '$') {
    if (rest === '-1') return { text: '', failed: false }
    let bytes = new Uint8Array()
    while (bytes.length < Number(rest) + 2) {
      const more = yield* sys.read(fd, Number(rest) + 2 - bytes.length)
      if (!more) break
      bytes = Uint8Array.of(...bytes, ...more)
    }
    return { text: text(bytes.subarray(0, Number(rest))), failed: false }
  }
  if (line[0] !== '*') return { text: rest, failed: line[0] === '-' }
  const items: string[] = []
  for (let item = 0; item < Number(rest); item++) items.push((yield* redisReply(sys, fd)).text)
  return { text: items.join('\n'), failed: false }
}

export const pgIsready: Program = userProgram('pg_isready', function* (sys) {
  const { options } = parse(sys.args, 'hpUdt')
  const host = options.get('h') ?? sys.env.PGHOST
  const port = Number(options.get('p') ?? sys.env.PGPORT ?? 5432)
  const fd = yield* tryConnect(sys, host ?? '127.0.0.1', port)
  const where = `${host ?? '/var/run/postgresql'}:${port}`
  if (!options.has('q')) yield sys.print(`${where} - ${fd === undefined ? 'no response' : 'accepting connections'}`)
  return fd === undefined ? 2 : 0
})

/** `psql -c SQL`, or SQL on standard input; prints rows unaligned with -t or -A, else as a table. */
export const psql: Program = userProgram('psql', function* (sys) {
  const { options, words } = parse(splitFlags(sys.args), 'hpUdcvF')
  if (options.has('version') || options.has('V')) {
    yield sys.print(`psql (PostgreSQL) ${POSTGRES_VERSION}`)
    return 0
  }
  const host = options.get('h') ?? sys.env.PGHOST
  const fd = yield* tryConnect(sys, host ?? '127.0.0.1', Number(options.get('p') ?? sys.env.PGPORT ?? 5432))
  if (fd === undefined) {
    const where = host ? `to server at "${host}", port 5432` : 'on socket "/var/run/postgresql/.s.PGSQL.5432"'
    yield sys.error(
      `psql: error: connection ${where} failed: ${host ? 'Connection refused' : 'No such file or directory'}`,
    )
    yield sys.error('\tIs the server running locally and accepting connections on that socket?')
    return 2
  }
  const user = options.get('U') ?? sys.env.PGUSER ?? 'root'
  yield sys.write(startup(user, options.get('d') ?? words[0] ?? sys.env.PGDATABASE ?? user), fd)
  const session = {
    sys,
    fd,
    kept: new Uint8Array(),
    plain: options.has('t') || options.has('A'),
    rowsOnly: options.has('t'),
  }
  if (!(yield* results(session, true))) return 2
  const command = options.get('c')
  if (command !== undefined) return (yield* ask(session, command)) ? 0 : 1
  for (let line = yield* sys.readLine(); line !== undefined; line = yield* sys.readLine())
    if (line.trim() !== '') yield* ask(session, line)
  return 0
})

/** `-tAc SQL` is `-t -A -c SQL`. */
const splitFlags = (args: readonly string[]): string[] =>
  args.flatMap((argument) => {
    const flags = /^-([tAqXw]+)([a-zA-Z]?)$/.exec(argument)
    return flags ? [...[...flags[1]!].map((flag) => `-${flag}`), ...(flags[2] ? [`-${flags[2]}`] : [])] : [argument]
  })

function startup(user: string, database: string): Uint8Array {
  const body = new Buffer()
    .int32(196_608)
    .cstring('user')
    .cstring(user)
    .cstring('database')
    .cstring(database)
    .int8(0)
    .done()
  return new Buffer()
    .int32(body.length + 4)
    .bytes(body)
    .done()
}

interface PsqlSession {
  readonly sys: Sys
  readonly fd: number
  kept: Uint8Array
  readonly plain: boolean
  readonly rowsOnly: boolean
}

function* ask(session: PsqlSession, sql: string): Calls<boolean> {
  const body = new Buffer().cstring(sql).done()
  yield session.sys.write(
    new Buffer()
      .text('Q')
      .int32(body.length + 4)
      .bytes(body)
      .done(),
    session.fd,
  )
  return yield* results(session, false)
}

/** Everything up to ReadyForQuery. */
function* results(session: PsqlSession, quiet: boolean): Calls<boolean> {
  let names: string[] = []
  let rows: string[][] = []
  let fine = true
  for (;;) {
    const found = parseMessage(session.kept)
    if (!found) {
      const more = yield* session.sys.read(session.fd)
      if (!more) return false
      session.kept = Uint8Array.of(...session.kept, ...more)
      continue
    }
    session.kept = session.kept.slice(found.length)
    if (found.type === 'Z') return fine
    if (found.type === 'T') names = columnNames(found.body)
    if (found.type === 'D') rows.push(values(found.body))
    if (found.type === 'E') {
      fine = false
      yield session.sys.error(quiet ? `psql: error: ${errorWords(found.body)}` : errorWords(found.body))
      if (quiet) return false
    }
    if (found.type !== 'C') continue
    yield session.sys.write(shown(session, names, rows, text(found.body).slice(0, -1)))
    names = []
    rows = []
  }
}

function columnNames(body: Uint8Array): string[] {
  const names: string[] = []
  for (let at = 2; at < body.length; ) {
    const end = body.indexOf(0, at)
    names.push(text(body.subarray(at, end)))
    at = end + 19
  }
  return names
}

function values(body: Uint8Array): string[] {
  const data = view(body)
  let at = 2
  return Array.from({ length: data.getInt16(0) }, () => {
    const length = data.getInt32(at)
    at += 4 + Math.max(0, length)
    return length < 0 ? '' : text(body.subarray(at - length, at))
  })
}

function errorWords(body: Uint8Array): string {
  const fields = new Map(
    text(body)
      .split('\0')
      .map((field) => [field[0], field.slice(1)]),
  )
  return `${fields.get('S')}:  ${fields.get('M')}`
}

function shown(
  { plain, rowsOnly }: PsqlSession,
  names: readonly string[],
  rows: readonly string[][],
  tag: string,
): string {
  if (names.length === 0) return rowsOnly ? '' : `${tag}\n`
  if (plain) return rows.map((row) => `${row.join('|')}\n`).join('')
  const widths = names.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]!.length)))
  const center = (word: string, width: number) =>
    word.padStart(word.length + Math.floor((width - word.length) / 2)).padEnd(width)
  const cell = (word: string, width: number) => (/^-?[\d.]+$/.test(word) ? word.padStart(width) : word.padEnd(width))
  const line = (words: readonly string[], pad: typeof cell) =>
    ` ${words.map((word, at) => pad(word, widths[at]!)).join(' | ')}`.replace(/ +$/, pad === cell ? '' : '$&')
  const ruler = widths.map((width) => '-'.repeat(width + 2)).join('+')
  const count = `(${rows.length} row${rows.length === 1 ? '' : 's'})`
  return [`${line(names, center)} `, ruler, ...rows.map((row) => line(row, cell)), count, '', ''].join('\n')
}

/** `mysqladmin ping`, which `mariadb-admin` does alike. */
export const mysqladmin: Program = userProgram('mysqladmin', function* (sys) {
  const { options } = parse(sys.args, 'hPup')
  const host = options.get('h') ?? options.get('host') ?? 'localhost'
  const fd = yield* tryConnect(sys, host, Number(options.get('P') ?? options.get('port') ?? 3306))
  if (fd !== undefined) {
    yield sys.print('mysqld is alive')
    return 0
  }
  yield sys.error(`mysqladmin: connect to server at '${host}' failed`)
  yield sys.error("error: 'Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)'")
  return 1
})

/** `rabbitmq-diagnostics -q ping`, `check_running`, `status`. */
export const rabbitmqDiagnostics: Program = userProgram('rabbitmq-diagnostics', function* (sys) {
  const fd = yield* tryConnect(sys, 'localhost', 5672)
  if (fd === undefined) {
    yield sys.error(
      'Error: unable to perform an operation on node. Please see diagnostics information and suggestions below.',
    )
    return 69
  }
  yield sys.print('Ping succeeded')
  return 0
})
