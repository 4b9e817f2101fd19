import { SECOND } from '../../core/instant.ts'
import { type Call, DATABASES } from './redis-database.ts'
import { array, bulk, error, integer, OK, type Reply } from './resp.ts'
import { REDIS_VERSION } from './versions.ts'

// The commands about the connection and the server.

export function select(call: Call): Reply {
  const db = call.number(0)
  if (db < 0 || db >= DATABASES) return error('ERR DB index is out of range')
  call.client.db = db
  return OK
}

export function authenticate(call: Call): Reply {
  const { password } = call.database
  if (password === undefined)
    return error(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    )
  if (call.args.at(-1) !== password) return error('WRONGPASS invalid username-password pair or user is disabled.')
  call.client.authenticated = true
  return OK
}

export function hello(call: Call): Reply {
  if (call.args.length > 0 && call.arg(0) !== '2') return error('NOPROTO unsupported protocol version')
  const at = call.args.findIndex((argument) => argument.toUpperCase() === 'AUTH')
  if (at >= 0 && call.arg(at + 2) === call.database.password) call.client.authenticated = true
  if (!call.client.authenticated) return error('NOAUTH HELLO must be called with the client already authenticated')
  return array([
    ...bulkItems('server', 'redis', 'version', REDIS_VERSION, 'proto'),
    integer(2),
    bulk('id'),
    integer(1),
    ...bulkItems('mode', 'standalone', 'role', 'master', 'modules'),
    array([]),
  ])
}

const bulkItems = (...values: string[]) => values.map(bulk)

export function client(call: Call): Reply {
  switch (call.arg(0).toUpperCase()) {
    case 'ID':
      return integer(1)
    case 'GETNAME':
      return bulk(call.client.name || null)
    case 'SETNAME':
      call.client.name = call.arg(1)
      return OK
    case 'LIST':
      return bulk(`id=1 addr=127.0.0.1:0 name=${call.client.name} db=${call.client.db}\n`)
    default:
      return OK
  }
}

export function info({ now, database }: Call): string {
  const uptime = Math.floor((now - database.startedAt) / SECOND)
  const keyspace = database.databases.flatMap((keys, at) =>
    keys.size > 0 ? [`db${at}:keys=${keys.size},expires=0,avg_ttl=0`] : [],
  )
  return [
    '# Server',
    `redis_version:${REDIS_VERSION}`,
    'redis_mode:standalone',
    'arch_bits:64',
    'process_id:1',
    `tcp_port:${database.port}`,
    `uptime_in_seconds:${uptime}`,
    '',
    '# Clients',
    'connected_clients:1',
    '',
    '# Memory',
    'used_memory:1048576',
    'used_memory_human:1.00M',
    '',
    '# Persistence',
    'loading:0',
    '',
    '# Stats',
    `total_commands_processed:${database.commands}`,
    '',
    '# Replication',
    'role:master',
    'connected_slaves:0',
    '',
    '# Keyspace',
    ...keyspace,
    '',
  ].join('\r\n')
}
