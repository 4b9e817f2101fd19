import { type Instant, MILLISECOND, SECOND } from '../../core/instant.ts'
import type { Call, Value } from './redis-database.ts'
import { authenticate, client, hello, info, select } from './redis-session.ts'
import { array, bulk, bulks, error, integer, OK, type Reply, status } from './resp.ts'

type Command = (call: Call) => Reply

/** Arity as COMMAND has it: a negative number is the least. Both count the name. */
const row = (arity: number, command: Command) => ({ arity, command })

export const COMMANDS: Readonly<Record<string, { readonly arity: number; readonly command: Command }>> = {
  PING: row(-1, (call) => (call.args.length > 0 ? bulk(call.arg(0)) : status('PONG'))),
  ECHO: row(2, (call) => bulk(call.arg(0))),
  SELECT: row(2, select),
  AUTH: row(-2, authenticate),
  HELLO: row(-1, hello),
  CLIENT: row(-2, client),
  COMMAND: row(-1, (call) =>
    call.arg(0).toUpperCase() === 'COUNT' ? integer(Object.keys(COMMANDS).length) : array([]),
  ),
  CONFIG: row(-2, (call) => (call.arg(0).toUpperCase() === 'GET' ? bulks([]) : OK)),
  INFO: row(-1, (call) => bulk(info(call))),
  DBSIZE: row(1, (call) => integer(liveKeys(call).length)),
  FLUSHALL: row(-1, (call) => {
    for (const keys of call.database.databases) keys.clear()
    return OK
  }),
  FLUSHDB: row(-1, (call) => {
    call.keys.clear()
    return OK
  }),
  SAVE: row(1, () => OK),
  BGSAVE: row(-1, () => status('Background saving started')),
  TIME: row(1, ({ now }) => bulks([String(Math.floor(now / SECOND)), String(now % SECOND)])),
  SHUTDOWN: row(-1, (call) => {
    call.database.down = 0
    return OK
  }),
  GET: row(2, (call) => bulk(call.value(call.arg(0), 'string')?.text)),
  SET: row(-3, set),
  SETNX: row(3, (call) => {
    if (call.entry(call.arg(0))) return integer(0)
    call.set(call.arg(0), { kind: 'string', text: call.arg(1) })
    return integer(1)
  }),
  SETEX: row(4, (call) => {
    call.set(call.arg(0), { kind: 'string', text: call.arg(2) }, call.now + call.number(1) * SECOND)
    return OK
  }),
  GETSET: row(3, (call) => {
    const old = call.value(call.arg(0), 'string')?.text
    call.set(call.arg(0), { kind: 'string', text: call.arg(1) })
    return bulk(old)
  }),
  GETDEL: row(2, (call) => {
    const old = call.value(call.arg(0), 'string')?.text
    call.keys.delete(call.arg(0))
    return bulk(old)
  }),
  MGET: row(-2, (call) =>
    bulks(
      call.args.map((key) => {
        const value = call.entry(key)?.value
        return value?.kind === 'string' ? value.text : null
      }),
    ),
  ),
  MSET: row(-3, (call) => {
    if (call.args.length % 2 !== 0) return error("ERR wrong number of arguments for 'mset' command")
    for (let at = 0; at < call.args.length; at += 2) call.set(call.arg(at), { kind: 'string', text: call.arg(at + 1) })
    return OK
  }),
  APPEND: row(3, (call) => {
    const text = (call.value(call.arg(0), 'string')?.text ?? '') + call.arg(1)
    call.set(call.arg(0), { kind: 'string', text }, call.entry(call.arg(0))?.expires)
    return integer(text.length)
  }),
  STRLEN: row(2, (call) => integer(call.value(call.arg(0), 'string')?.text.length ?? 0)),
  INCR: row(2, (call) => increase(call, 1)),
  DECR: row(2, (call) => increase(call, -1)),
  INCRBY: row(3, (call) => increase(call, call.number(1))),
  DECRBY: row(3, (call) => increase(call, -call.number(1))),
  DEL: row(-2, (call) => integer(call.args.filter((key) => call.entry(key) && call.keys.delete(key)).length)),
  UNLINK: row(-2, (call) => integer(call.args.filter((key) => call.entry(key) && call.keys.delete(key)).length)),
  EXISTS: row(-2, (call) => integer(call.args.filter((key) => call.entry(key)).length)),
  TYPE: row(2, (call) => status(call.entry(call.arg(0))?.value.kind ?? 'none')),
  KEYS: row(2, (call) => bulks(liveKeys(call).filter((key) => globs(call.arg(0), key)))),
  SCAN: row(-2, scan),
  RENAME: row(3, (call) => {
    const entry = call.entry(call.arg(0))
    if (!entry) return error('ERR no such key')
    call.keys.delete(call.arg(0))
    call.keys.set(call.arg(1), entry)
    return OK
  }),
  EXPIRE: row(-3, (call) => expire(call, call.now + call.number(1) * SECOND)),
  PEXPIRE: row(-3, (call) => expire(call, call.now + call.number(1) * MILLISECOND)),
  EXPIREAT: row(-3, (call) => expire(call, call.number(1) * SECOND)),
  PERSIST: row(2, (call) => {
    const entry = call.entry(call.arg(0))
    if (entry?.expires === undefined) return integer(0)
    entry.expires = undefined
    return integer(1)
  }),
  TTL: row(2, (call) => timeLeft(call, SECOND)),
  PTTL: row(2, (call) => timeLeft(call, MILLISECOND)),
  LPUSH: row(-3, (call) => pushTo(call, (items, item) => items.unshift(item))),
  RPUSH: row(-3, (call) => pushTo(call, (items, item) => items.push(item))),
  LPOP: row(-2, (call) => popFrom(call, (items) => items.shift())),
  RPOP: row(-2, (call) => popFrom(call, (items) => items.pop())),
  LLEN: row(2, (call) => integer(call.value(call.arg(0), 'list')?.items.length ?? 0)),
  LRANGE: row(4, (call) => {
    const items = call.value(call.arg(0), 'list')?.items ?? []
    const end = call.number(2)
    return bulks(items.slice(call.number(1), end === -1 ? undefined : end + 1))
  }),
  LINDEX: row(3, (call) => bulk(call.value(call.arg(0), 'list')?.items.at(call.number(1)))),
  HSET: row(-4, (call) => {
    const { fields } = hashOf(call)
    let added = 0
    for (let at = 1; at + 1 < call.args.length; at += 2) {
      if (!fields.has(call.arg(at))) added++
      fields.set(call.arg(at), call.arg(at + 1))
    }
    return integer(added)
  }),
  HGET: row(3, (call) => bulk(call.value(call.arg(0), 'hash')?.fields.get(call.arg(1)))),
  HDEL: row(-3, (call) => {
    const fields = call.value(call.arg(0), 'hash')?.fields
    const removed = call.args.slice(1).filter((field) => fields?.delete(field)).length
    if (fields?.size === 0) call.keys.delete(call.arg(0))
    return integer(removed)
  }),
  HEXISTS: row(3, (call) => integer(call.value(call.arg(0), 'hash')?.fields.has(call.arg(1)) ? 1 : 0)),
  HLEN: row(2, (call) => integer(call.value(call.arg(0), 'hash')?.fields.size ?? 0)),
  HKEYS: row(2, (call) => bulks([...(call.value(call.arg(0), 'hash')?.fields.keys() ?? [])])),
  HVALS: row(2, (call) => bulks([...(call.value(call.arg(0), 'hash')?.fields.values() ?? [])])),
  HGETALL: row(2, (call) => bulks([...(call.value(call.arg(0), 'hash')?.fields ?? [])].flat())),
  SADD: row(-3, (call) => {
    const { members } = setOf(call)
    const before = members.size
    for (const member of call.args.slice(1)) members.add(member)
    return integer(members.size - before)
  }),
  SREM: row(-3, (call) => {
    const members = call.value(call.arg(0), 'set')?.members
    const removed = call.args.slice(1).filter((member) => members?.delete(member)).length
    if (members?.size === 0) call.keys.delete(call.arg(0))
    return integer(removed)
  }),
  SMEMBERS: row(2, (call) => bulks([...(call.value(call.arg(0), 'set')?.members ?? [])])),
  SISMEMBER: row(3, (call) => integer(call.value(call.arg(0), 'set')?.members.has(call.arg(1)) ? 1 : 0)),
  SCARD: row(2, (call) => integer(call.value(call.arg(0), 'set')?.members.size ?? 0)),
}

function set(call: Call): Reply {
  const [key = '', text = '', ...options] = call.args
  const words = options.map((option) => option.toUpperCase())
  const there = call.entry(key)
  if ((words.includes('NX') && there) || (words.includes('XX') && !there)) return bulk(null)
  const old = words.includes('GET') ? (call.value(key, 'string')?.text ?? null) : undefined
  const after = (name: string) => (words.includes(name) ? call.number(3 + words.indexOf(name)) : undefined)
  const seconds = after('EX')
  const millis = after('PX')
  const expires =
    seconds !== undefined
      ? call.now + seconds * SECOND
      : millis !== undefined
        ? call.now + millis * MILLISECOND
        : words.includes('KEEPTTL')
          ? there?.expires
          : undefined
  call.set(key, { kind: 'string', text }, expires)
  return old === undefined ? OK : bulk(old)
}

function increase(call: Call, by: number): Reply {
  const value = call.value(call.arg(0), 'string')
  const before = Number(value?.text ?? 0)
  if (!Number.isSafeInteger(before) || value?.text === '') throw error('ERR value is not an integer or out of range')
  if (value) value.text = String(before + by)
  else call.set(call.arg(0), { kind: 'string', text: String(by) })
  return integer(before + by)
}

const liveKeys = (call: Call): string[] => [...call.keys.keys()].filter((key) => call.entry(key))

function scan(call: Call): Reply {
  const at = call.args.findIndex((argument) => argument.toUpperCase() === 'MATCH')
  const keys = liveKeys(call).filter((key) => at < 0 || globs(call.arg(at + 1), key))
  return array([bulk('0'), bulks(keys)])
}

/** stringmatchlen: `*`, `?`, `[a-c]`, `[^a]` and `\`. */
function globs(pattern: string, key: string): boolean {
  const source = pattern.replace(
    /\\(.)|\[(\^?)([^\]]*)\]|([*?])|([^*?[\\])/gs,
    (all, escaped, not, set, wild, plain) => {
      if (wild) return wild === '*' ? '[^]*' : '[^]'
      if (set !== undefined) return `[${not}${set.replace(/[\\\]^]/g, '\\$&')}]`
      return (escaped ?? plain ?? all).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    },
  )
  return new RegExp(`^${source}$`).test(key)
}

function expire(call: Call, at: Instant): Reply {
  const entry = call.entry(call.arg(0))
  if (!entry) return integer(0)
  entry.expires = at
  return integer(1)
}

function timeLeft(call: Call, unit: number): Reply {
  const entry = call.entry(call.arg(0))
  if (!entry) return integer(-2)
  return integer(entry.expires === undefined ? -1 : Math.round((entry.expires - call.now) / unit))
}

function pushTo(call: Call, put: (items: string[], item: string) => void): Reply {
  let list = call.value(call.arg(0), 'list')
  if (!list) {
    list = { kind: 'list', items: [] }
    call.set(call.arg(0), list)
  }
  for (const item of call.args.slice(1)) put(list.items, item)
  return integer(list.items.length)
}

function popFrom(call: Call, pop: (items: string[]) => string | undefined): Reply {
  const list = call.value(call.arg(0), 'list')
  if (!list) return bulk(null)
  const item = pop(list.items)
  if (list.items.length === 0) call.keys.delete(call.arg(0))
  return bulk(item)
}

function hashOf(call: Call): Extract<Value, { kind: 'hash' }> {
  const found = call.value(call.arg(0), 'hash')
  if (found) return found
  const made = { kind: 'hash', fields: new Map<string, string>() } as const
  call.set(call.arg(0), made)
  return made
}

function setOf(call: Call): Extract<Value, { kind: 'set' }> {
  const found = call.value(call.arg(0), 'set')
  if (found) return found
  const made = { kind: 'set', members: new Set<string>() } as const
  call.set(call.arg(0), made)
  return made
}
