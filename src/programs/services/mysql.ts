import { MILLISECOND } from '../../core/instant.ts'
import { text } from '../kernel/bytes.ts'
import type { Program } from '../kernel/program.ts'
import { SIGNALS } from '../kernel/signals.ts'
import { Buffer } from './buffer.ts'
import { entrypoint } from './entrypoint.ts'
import { dashTime, partsOf } from './log-time.ts'
import { type LogLine, type Service, type Session, serviceProgram } from './server.ts'
import { MYSQL_VERSION } from './versions.ts'

interface Client {
  /** Number of the next packet. */
  sequence: number
  authenticated: boolean
}

/** `2024-01-02T03:04:05.678901Z 0 [System] [MY-010116] [Server] text` */
function line(now: number, code: string, words: string, level = 'System'): LogLine {
  return {
    stream: 2,
    text: `${dashTime(now).replace(' ', 'T')}.${partsOf(now).microsecond}Z 0 [${level}] [${code}] [Server] ${words}`,
  }
}

const note = (now: number, words: string): LogLine => ({ text: `${dashTime(now)}+00:00 [Note] [Entrypoint]: ${words}` })

const NO_PASSWORD = (now: number): LogLine[] => [
  {
    stream: 2,
    text: `${dashTime(now)}+00:00 [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified`,
  },
  { stream: 2, text: '    You need to specify one of the following as an environment variable:' },
  { stream: 2, text: '    - MYSQL_ROOT_PASSWORD' },
  { stream: 2, text: '    - MYSQL_ALLOW_EMPTY_PASSWORD' },
  { stream: 2, text: '    - MYSQL_RANDOM_ROOT_PASSWORD' },
]

const ready = (now: number, port: number): LogLine[] => [
  line(now, 'MY-015015', 'MySQL Server - start.'),
  line(now, 'MY-010116', `/usr/sbin/mysqld (mysqld ${MYSQL_VERSION}) starting as process 1`),
  line(now, 'MY-013576', 'InnoDB initialization has started.'),
  line(now, 'MY-013577', 'InnoDB initialization has ended.'),
  line(
    now,
    'MY-010931',
    `/usr/sbin/mysqld: ready for connections. Version: '${MYSQL_VERSION}'  socket: '/var/run/mysqld/mysqld.sock'  port: ${port}  MySQL Community Server - GPL.`,
  ),
]

const service: Service<null, Client> = {
  name: 'mysqld',
  boot({ kernel, process, now }) {
    if (process.argv.some((argument) => argument === '--version' || argument === '-V'))
      return {
        state: null,
        log: [{ text: `/usr/sbin/mysqld  Ver ${MYSQL_VERSION} for Linux on x86_64 (MySQL Community Server - GPL)` }],
        exit: 0,
      }
    const greeting = note(now, `Entrypoint script for MySQL Server ${MYSQL_VERSION}-1.el9 started.`)
    if (kernel.access(process, '/var/lib/mysql/ibdata1', 0))
      return { state: null, log: [greeting, ...ready(now, 3306)], ports: [3306] }
    const { env } = process
    const allowed = ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD'].some((name) =>
      env.get(name),
    )
    if (!allowed) return { state: null, log: [greeting, ...NO_PASSWORD(now)], exit: 1 }
    const root = { uid: 0, gid: 0, umask: 0o027, now: kernel.time }
    kernel.namespace.mkdirp(root, '/var/lib/mysql')
    kernel.namespace.writeFile(root, '/var/lib/mysql/ibdata1', '', 0o640)
    return { state: null, log: [greeting, ...firstStart(now, env.get('MYSQL_DATABASE'))], ports: [3306] }
  },
  open(_context, session) {
    session.send(packet(0, handshake()))
    return { sequence: 1, authenticated: false }
  },
  receive(_context, session, bytes) {
    let rest = bytes
    while (rest.length >= 4) {
      const length = rest[0]! + rest[1]! * 256 + rest[2]! * 65_536
      if (rest.length < 4 + length) break
      session.data.sequence = rest[3]! + 1
      obey(session, rest.subarray(4, 4 + length))
      rest = rest.subarray(4 + length)
    }
    return rest
  },
  signals: {
    [SIGNALS.TERM]: ({ now }) => ({
      log: [
        line(now, 'MY-013172', 'Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: 8.4.4).'),
        line(
          now,
          'MY-010910',
          `/usr/sbin/mysqld: Shutdown complete (mysqld ${MYSQL_VERSION})  MySQL Community Server - GPL.`,
        ),
        line(now, 'MY-015016', 'MySQL Server - end.'),
      ],
      exit: 0,
    }),
    [SIGNALS.INT]: () => ({}),
    [SIGNALS.HUP]: () => ({}),
  },
}

/** The first start: a temporary server for the init scripts, and then the real one. */
function firstStart(now: number, database: string | undefined): LogLine[] {
  const made = now + 500 * MILLISECOND
  return [
    note(now, 'Initializing database files'),
    { ...note(made, 'Database files initialized'), after: 500 * MILLISECOND },
    note(made, 'Starting temporary server'),
    ...ready(made, 0),
    note(made, 'Temporary server started.'),
    ...(database ? [note(made, `Creating database ${database}`)] : []),
    note(made, 'Stopping temporary server'),
    note(made, 'Temporary server stopped'),
    note(made, 'MySQL init process done. Ready for start up.'),
    ...ready(made, 3306),
  ]
}

function packet(sequence: number, body: Uint8Array): Uint8Array {
  return new Buffer().little(body.length, 3).int8(sequence).bytes(body).done()
}

/** Protocol 10, with the method that sends the password hashed once. */
function handshake(): Uint8Array {
  const capabilities = 0x81_ff_f7_df
  return new Buffer()
    .int8(10)
    .cstring(MYSQL_VERSION)
    .little(8, 4)
    .cstring('12345678')
    .little(capabilities & 0xffff, 2)
    .int8(255)
    .little(2, 2)
    .little(capabilities >>> 16, 2)
    .int8(21)
    .bytes(new Uint8Array(10))
    .cstring('123456789012')
    .cstring('mysql_native_password')
    .done()
}

const OK_PACKET = Uint8Array.of(0, 0, 0, 2, 0, 0, 0)

function errorPacket(code: number, state: string, words: string): Uint8Array {
  return new Buffer().int8(255).little(code, 2).text(`#${state}${words}`).done()
}

function obey(session: Session<Client>, body: Uint8Array): void {
  const { data } = session
  const answer = (...packets: Uint8Array[]) => {
    for (const one of packets) session.send(packet(data.sequence++, one))
  }
  if (!data.authenticated) {
    // Whoever knows the port is let in: the look-alike holds no secrets.
    data.authenticated = true
    answer(OK_PACKET)
    return
  }
  const QUIT = 1
  const QUERY = 3
  if (body[0] === QUIT) session.close()
  else if (body[0] !== QUERY) answer(OK_PACKET)
  else answer(...query(text(body.subarray(1)).trim()))
}

/** SELECT of one literal; all else that is no question is accepted. */
function query(sql: string): Uint8Array[] {
  if (!/^(select|show)\b/i.test(sql)) return [OK_PACKET]
  const literal = /^select\s+(-?\d+|'[^']*'|version\(\)|@@version)\s*;?$/i.exec(sql)?.[1]
  if (literal === undefined) {
    const words = 'this look-alike of MySQL answers SELECT of one literal only'
    return [errorPacket(1235, '42000', words)]
  }
  const value = /version/i.test(literal) ? MYSQL_VERSION : literal.replace(/^'|'$/g, '')
  const eof = Uint8Array.of(254, 0, 0, 2, 0)
  return [Uint8Array.of(1), column(literal), eof, new Buffer().bytes(lengthEncoded(value)).done(), eof]
}

function lengthEncoded(words: string): Uint8Array {
  const body = new Buffer().text(words).done()
  return new Buffer().int8(Math.min(body.length, 250)).bytes(body.subarray(0, 250)).done()
}

function column(name: string): Uint8Array {
  return new Buffer()
    .bytes(lengthEncoded('def'))
    .bytes(Uint8Array.of(0, 0, 0))
    .bytes(lengthEncoded(name))
    .bytes(Uint8Array.of(0, 12, 33, 0, 255, 0, 0, 0, 253, 1, 0, 0, 0, 0))
    .done()
}

export const mysql: Program = serviceProgram(service)

export const mysqlEntrypoint: Program = entrypoint('mysql-entrypoint', {
  argv: (given) => (given[0]?.startsWith('-') ? ['mysqld', ...given] : given),
})
