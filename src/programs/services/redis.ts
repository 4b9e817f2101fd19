import type { Program } from '../kernel/program.ts'
import { SIGNALS } from '../kernel/signals.ts'
import { entrypoint } from './entrypoint.ts'
import { partsOf } from './log-time.ts'
import { type Client, type Database, emptyDatabase } from './redis-database.ts'
import { run } from './redis-run.ts'
import { binary, bytesOf, encode, error, parseCommand } from './resp.ts'
import { type LogLine, type Service, serviceProgram } from './server.ts'
import { REDIS_VERSION } from './versions.ts'

const service: Service<Database, Client> = {
  name: 'redis-server',
  boot({ process, now }) {
    const { argv } = process
    if (argv.includes('--version') || argv.includes('-v')) {
      const text = `Redis server v=${REDIS_VERSION} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0`
      return { state: emptyDatabase(now), log: [{ text }], exit: 0 }
    }
    const port = Number(optionOf(argv, '--port') ?? 6379)
    return {
      state: { ...emptyDatabase(now), password: optionOf(argv, '--requirepass'), port },
      log: started(process.pid, now, port, argv.length > 1),
      ports: [port],
      host: optionOf(argv, '--bind') ?? '0.0.0.0',
    }
  },
  open: ({ state }) => ({
    authenticated: state.password === undefined,
    db: 0,
    queue: undefined,
    name: '',
    subscribed: [],
  }),
  receive(context, session, bytes) {
    let input = binary(bytes)
    for (let parsed = parseCommand(input); parsed; parsed = parseCommand(input)) {
      if ('fault' in parsed) {
        session.send(bytesOf(encode(error(`ERR ${parsed.fault}`))))
        session.close()
        return new Uint8Array()
      }
      input = input.slice(parsed.length)
      if (parsed.argv.length === 0) continue
      const { reply, close } = run(context, session.data, parsed.argv)
      for (const one of reply) session.send(bytesOf(encode(one)))
      if (close) session.close()
    }
    return bytesOf(input)
  },
  ended: ({ state }) => state.down,
  signals: {
    [SIGNALS.TERM]: ({ process, now }) => shutdown(process.pid, now, 'SIGTERM'),
    [SIGNALS.INT]: ({ process, now }) => shutdown(process.pid, now, 'SIGINT'),
    [SIGNALS.HUP]: () => ({}),
    [SIGNALS.PIPE]: () => ({}),
  },
}

function optionOf(argv: readonly string[], name: string): string | undefined {
  const at = argv.indexOf(name)
  return at < 0 ? undefined : argv[at + 1]
}

/** `1:C 02 Jan 2024 03:04:05.678 * text` */
function line(pid: number, role: 'C' | 'M' | 'signal-handler', now: number, mark: string, text: string): LogLine {
  const { day, monthName, year, hour, minute, second, millisecond } = partsOf(now)
  if (role === 'signal-handler') return { text: `${pid}:signal-handler (${Math.floor(now / 1e6)}) ${text}` }
  return {
    text: `${pid}:${role} ${day} ${monthName} ${year} ${hour}:${minute}:${second}.${millisecond} ${mark} ${text}`,
  }
}

function started(pid: number, now: number, port: number, configured: boolean): LogLine[] {
  return [
    line(pid, 'C', now, '*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo'),
    line(
      pid,
      'C',
      now,
      '*',
      `Redis version=${REDIS_VERSION}, bits=64, commit=00000000, modified=0, pid=${pid}, just started`,
    ),
    configured
      ? line(pid, 'C', now, '*', 'Configuration loaded')
      : line(
          pid,
          'C',
          now,
          '#',
          'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
        ),
    line(pid, 'M', now, '*', 'monotonic clock: POSIX clock_gettime'),
    line(pid, 'M', now, '*', `Running mode=standalone, port=${port}.`),
    line(pid, 'M', now, '*', 'Server initialized'),
    line(pid, 'M', now, '*', 'Ready to accept connections tcp'),
  ]
}

function shutdown(pid: number, now: number, name: string): { log: LogLine[]; exit: number } {
  return {
    log: [
      line(pid, 'signal-handler', now, '', `Received ${name} scheduling shutdown...`),
      line(pid, 'M', now, '*', 'User requested shutdown...'),
      line(pid, 'M', now, '*', 'Saving the final RDB snapshot before exiting.'),
      line(pid, 'M', now, '*', 'DB saved on disk'),
      line(pid, 'M', now, '#', 'Redis is now ready to exit, bye bye...'),
    ],
    exit: 0,
  }
}

export const redis: Program = serviceProgram(service)

/** docker-entrypoint.sh: options and configuration files mean `redis-server`. */
export const redisEntrypoint: Program = entrypoint('redis-entrypoint', {
  argv: (given) => (given[0]?.startsWith('-') || given[0]?.endsWith('.conf') ? ['redis-server', ...given] : given),
})
