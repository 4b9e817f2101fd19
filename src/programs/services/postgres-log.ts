import { type Instant, MILLISECOND } from '../../core/instant.ts'
import { dashTime, partsOf } from './log-time.ts'
import type { LogLine } from './server.ts'
import { POSTGRES_VERSION } from './versions.ts'

export const POSTGRES_FULL = `PostgreSQL ${POSTGRES_VERSION} (Debian ${POSTGRES_VERSION}-1.pgdg120+2) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit`

/** PostgreSQL logs to standard error. */
export const logLine = (now: Instant, pid: number, text: string): LogLine => ({
  stream: 2,
  text: `${dashTime(now)}.${partsOf(now).millisecond} UTC [${pid}] LOG:  ${text}`,
})

const INITDB = `The files belonging to this database system will be owned by user "postgres".
This user must also own the server process.

The database cluster will be initialized with locale "en_US.utf8".
The default database encoding has accordingly been set to "UTF8".
The default text search configuration will be set to "english".

Data page checksums are disabled.

fixing permissions on existing directory /var/lib/postgresql/data ... ok
creating subdirectories ... ok
selecting dynamic shared memory implementation ... posix
selecting default "max_connections" ... 100
selecting default "shared_buffers" ... 128MB
selecting default time zone ... Etc/UTC
creating configuration files ... ok
running bootstrap script ... ok
performing post-bootstrap initialization ... ok
syncing data to disk ... ok


Success. You can now start the database server using:

    pg_ctl -D /var/lib/postgresql/data -l logfile start
`

export const NO_PASSWORD = `Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html`

/** How long a real start takes, about: a first one makes the cluster. */
const INITDB_TIME = 400 * MILLISECOND
const START_TIME = 100 * MILLISECOND

/** The first start of the image: a cluster is made, a server runs for the init scripts, and only then the real one. */
export function firstStart(now: Instant, database: string): LogLine[] {
  const made = now + INITDB_TIME
  const started = made + START_TIME
  return [
    ...INITDB.split('\n').map((text, at): LogLine => ({ text, ...(at === 10 ? { after: INITDB_TIME } : {}) })),
    { text: 'waiting for server to start....' },
    ...startLines(made, 48, false),
    { after: START_TIME, text: ' done' },
    { text: 'server started' },
    ...(database === 'postgres' ? [] : [{ text: 'CREATE DATABASE' }, { text: '' }]),
    { text: '' },
    { text: '/usr/local/bin/docker-entrypoint.sh: ignoring /docker-entrypoint-initdb.d/*' },
    { text: '' },
    logLine(started, 48, 'received fast shutdown request'),
    { text: 'waiting for server to shut down....' },
    logLine(started, 48, 'aborting any active transactions'),
    logLine(started, 49, 'shutting down'),
    logLine(started, 48, 'database system is shut down'),
    { after: START_TIME, text: ' done' },
    { text: 'server stopped' },
    { text: '' },
    { text: 'PostgreSQL init process complete; ready for start up.' },
    { text: '' },
    ...startLines(started + START_TIME, 1, true),
  ]
}

export const laterStart = (now: Instant): LogLine[] => [
  { text: '' },
  { text: 'PostgreSQL Database directory appears to contain a database; Skipping initialization' },
  { text: '' },
  ...startLines(now, 1, true),
]

function startLines(now: Instant, pid: number, network: boolean): LogLine[] {
  return [
    logLine(now, pid, `starting ${POSTGRES_FULL}`),
    ...(network
      ? [
          logLine(now, pid, 'listening on IPv4 address "0.0.0.0", port 5432'),
          logLine(now, pid, 'listening on IPv6 address "::", port 5432'),
        ]
      : []),
    logLine(now, pid, 'listening on Unix socket "/var/run/postgresql/.s.PGSQL.5432"'),
    logLine(now, pid + 3, `database system was shut down at ${dashTime(now)} UTC`),
    logLine(now, pid, 'database system is ready to accept connections'),
  ]
}
