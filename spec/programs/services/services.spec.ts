import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { Catalog } from '../../../src/programs/catalog.ts'
import type { Machine, SpawnSpec } from '../../../src/programs/machine.ts'
import { marker } from '../../../src/programs/marker.ts'
import { network } from '../../../src/programs/net/index.ts'
import { services } from '../../../src/programs/services/index.ts'
import { root } from '../../../src/storage/caller.ts'
import type { FileSystem } from '../../../src/storage/file-system.ts'
import { exitsOf, machineOf, NOW, outputOf, PROGRAMS, rootOf, runUntil, spawn, take } from '../programs.ts'
import { Caller } from '../wire.ts'

const ALL = [...PROGRAMS, ...network, ...services]

function machineWith(prepare?: (fs: FileSystem) => void): Machine {
  const fs = rootOf(ALL)
  prepare?.(fs)
  return machineOf({ fs, catalog: new Catalog(ALL) })
}

function up(argv: readonly string[], more: Partial<SpawnSpec> & { prepare?: (fs: FileSystem) => void } = {}): Machine {
  const machine = machineWith(more.prepare)
  spawn(machine, argv, more)
  runUntil(machine, NOW + 3 * SECOND)
  return machine
}

/** The output of a client that is started beside. */
function exec(machine: Machine, argv: readonly string[]): { output: string; code: number | undefined } {
  spawn(machine, argv, { id: 'exec', env: { PATH: '/bin' } })
  runUntil(machine, machine.kernel.now + SECOND)
  const outs = machine.takeOutbox()
  return { output: outputOf(outs, 'exec'), code: exitsOf(outs).exec }
}

describe('nginx', () => {
  it('logs its real lines, serves the welcome page and a 404, and logs accesses', () => {
    const machine = up(['nginx-entrypoint', 'nginx', '-g', 'daemon off;'])
    const log = outputOf(machine.takeOutbox())
    expect(log).toContain('/docker-entrypoint.sh: Configuration complete; ready for start up\n')
    expect(log).toContain('[notice] 1#1: start worker processes\n')
    const caller = new Caller(machine, 80)
    const page = caller.ask('GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/8\r\n\r\n')
    expect(page).toMatch(/^HTTP\/1.1 200 OK\r\nServer: nginx\/1\.27\.5\r\nDate: Tue, 14 Nov 2023 22:13:23 GMT\r\n/)
    expect(page).toContain('<h1>Welcome to nginx!</h1>')
    expect(caller.ask('GET /no HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 404 Not Found\r\n[\s\S]*Connection: close/)
    expect(caller.closed).toBe(true)
  })

  it('writes an access log', () => {
    const machine = up(['nginx'])
    machine.takeOutbox()
    machine.accept('c', 80, { host: '172.17.0.1', port: 1 })
    machine.deliver('c', new TextEncoder().encode('GET /a?b HTTP/1.1\r\nHost: x\r\nUser-Agent: k\r\n\r\n'))
    machine.run(machine.kernel.now)
    expect(outputOf(machine.takeOutbox())).toBe(
      '172.17.0.1 - - [14/Nov/2023:22:13:23 +0000] "GET /a?b HTTP/1.1" 404 153 "-" "k" "-"\n',
    )
  })

  it('serves the files of its document root', () => {
    const machine = up(['nginx'], {
      prepare(fs) {
        fs.mkdirp(root(0n), '/usr/share/nginx/html/sub')
        fs.writeFile(root(0n), '/usr/share/nginx/html/index.html', 'mine')
        fs.writeFile(root(0n), '/usr/share/nginx/html/a.css', 'p{}')
      },
    })
    const caller = new Caller(machine, 80)
    expect(caller.ask('GET / HTTP/1.1\r\n\r\n')).toMatch(/\r\n\r\nmine$/)
    expect(caller.ask('GET /a.css HTTP/1.1\r\n\r\n')).toContain('Content-Type: text/css\r\n')
    expect(caller.ask('GET /sub HTTP/1.1\r\n\r\n')).toMatch(
      /^HTTP\/1.1 301 Moved Permanently\r\n[\s\S]*Location: \/sub\/\r\n/,
    )
    expect(caller.ask('GET /sub/ HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 403 Forbidden/)
    expect(caller.ask('GET /../etc/passwd HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 404 Not Found/)
  })

  it.each([
    [15, 0],
    [2, 0],
    [3, 0],
    [9, 137],
  ])('ends on signal %i with %i', (signal, code) => {
    const machine = up(['nginx'])
    machine.signal('main', signal)
    machine.run(machine.kernel.now)
    expect(exitsOf(machine.takeOutbox())).toEqual({ main: code })
    expect(machine.processes()).toEqual([])
  })

  it('shows a master and a worker for each CPU', () => {
    expect(
      up(['nginx'])
        .processes()
        .map(({ argv }) => argv.join(' ')),
    ).toEqual(['nginx: master process nginx -g daemon off;', 'nginx: worker process', 'nginx: worker process'])
  })
})

describe('redis', () => {
  it('says when it is ready, and answers', () => {
    const machine = up(['redis-entrypoint', 'redis-server'])
    expect(outputOf(machine.takeOutbox())).toMatch(
      /^1:C 14 Nov 2023 22:13:20\.000 \* [\s\S]*\* Ready to accept connections tcp\n$/,
    )
    const caller = new Caller(machine, 6379)
    expect(caller.ask('PING\r\n')).toBe('+PONG\r\n')
    expect(caller.ask('*3\r\n$3\r\nSET\r\n$1\r\na\r\n$3\r\n\u0001\r\n\r\n')).toBe('+OK\r\n')
    expect(caller.ask('*2\r\n$3\r\nGET\r\n$1\r\na\r\n')).toBe('$3\r\n\u0001\r\n\r\n')
    expect(caller.ask('INCR n\r\nINCRBY n 5\r\nDEL n nope\r\nGET n\r\n')).toBe(':1\r\n:6\r\n:1\r\n$-1\r\n')
    expect(caller.ask('NOPE x\r\n')).toBe("-ERR unknown command 'NOPE', with args beginning with: 'x' \r\n")
    expect(caller.ask('GET\r\n')).toBe("-ERR wrong number of arguments for 'get' command\r\n")
    expect(caller.ask('LPUSH a 1\r\n')).toMatch(/^-WRONGTYPE/)
    expect(caller.ask('MULTI\r\nSET b 1\r\nINCR b\r\nEXEC\r\n')).toBe(
      '+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n:2\r\n',
    )
    expect(caller.ask('KEYS *\r\n')).toBe('*2\r\n$1\r\na\r\n$1\r\nb\r\n')
    expect(caller.ask('QUIT\r\n')).toBe('+OK\r\n')
    expect(caller.closed).toBe(true)
  })

  it('lets keys expire with virtual time', () => {
    const machine = up(['redis-server'])
    const caller = new Caller(machine, 6379)
    expect(caller.ask('SET a 1 EX 10\r\nTTL a\r\n')).toBe('+OK\r\n:10\r\n')
    machine.run(machine.kernel.now + 10 * SECOND)
    expect(caller.ask('GET a\r\nTTL a\r\n')).toBe('$-1\r\n:-2\r\n')
  })

  it('wants its password', () => {
    const machine = up(['redis-entrypoint', '--requirepass', 'secret'])
    const caller = new Caller(machine, 6379)
    expect(caller.ask('PING\r\nAUTH no\r\nAUTH secret\r\nPING\r\n')).toBe(
      '-NOAUTH Authentication required.\r\n-WRONGPASS invalid username-password pair or user is disabled.\r\n+OK\r\n+PONG\r\n',
    )
  })

  it('is asked by redis-cli', () => {
    const machine = up(['redis-server'])
    machine.takeOutbox()
    expect(exec(machine, ['redis-cli', 'ping'])).toEqual({ output: 'PONG\n', code: 0 })
    expect(exec(machine, ['redis-cli', 'set', 'k', 'hé'])).toEqual({ output: 'OK\n', code: 0 })
    expect(exec(machine, ['redis-cli', '-h', 'localhost', 'get', 'k'])).toEqual({ output: 'hé\n', code: 0 })
    expect(exec(machine, ['redis-cli', '-p', '1', 'ping'])).toEqual({
      output: 'Could not connect to Redis at 127.0.0.1:1: Connection refused\n',
      code: 1,
    })
  })

  it('keeps its data apart in a fork', () => {
    const machine = up(['redis-server'])
    const caller = new Caller(machine, 6379)
    caller.ask('SET a 1\r\n')
    const fork = machine.clone()
    caller.ask('SET a 2\r\n')
    const other = new Caller(fork, 6379, 'c2')
    expect(other.ask('GET a\r\n')).toBe('$1\r\n1\r\n')
    expect(caller.ask('GET a\r\n')).toBe('$1\r\n2\r\n')
  })
})

describe('postgres', () => {
  const env = { PATH: '/bin', POSTGRES_PASSWORD: 'x' }

  it('refuses to start without a password', () => {
    const machine = up(['postgres-entrypoint', 'postgres'])
    const outs = machine.takeOutbox()
    expect(outputOf(outs)).toMatch(/^Error: Database is uninitialized and superuser password is not specified\.\n/)
    expect(exitsOf(outs)).toEqual({ main: 1 })
  })

  it('initializes once, says twice that it is ready, and opens its port only then', () => {
    const machine = machineWith()
    spawn(machine, ['postgres-entrypoint', 'postgres'], { env })
    machine.run(NOW)
    expect(machine.accept('early', 5432, { host: 'a', port: 1 })).toBe(false)
    runUntil(machine, NOW + 3 * SECOND)
    const log = outputOf(machine.takeOutbox())
    expect(log.match(/database system is ready to accept connections/g)).toHaveLength(2)
    expect(log).toContain('\nPostgreSQL init process complete; ready for start up.\n')
    expect(machine.accept('late', 5432, { host: 'a', port: 1 })).toBe(true)
    const again = machineWith((fs) => {
      fs.mkdirp(root(0n), '/var/lib/postgresql/data')
      fs.writeFile(root(0n), '/var/lib/postgresql/data/PG_VERSION', '17\n')
    })
    spawn(again, ['postgres-entrypoint', 'postgres'])
    again.run(NOW)
    expect(outputOf(again.takeOutbox())).toContain('Skipping initialization')
  })

  it('is asked by pg_isready and psql', () => {
    const machine = machineWith()
    spawn(machine, ['postgres'], { env })
    expect(exec(machine, ['pg_isready'])).toEqual({ output: '/var/run/postgresql:5432 - no response\n', code: 2 })
    runUntil(machine, machine.kernel.now + 3 * SECOND)
    machine.takeOutbox()
    expect(exec(machine, ['pg_isready', '-U', 'postgres'])).toEqual({
      output: '/var/run/postgresql:5432 - accepting connections\n',
      code: 0,
    })
    expect(exec(machine, ['psql', '-U', 'postgres', '-tAc', "select 1, 'a''b', 2+3"])).toEqual({
      output: "1|a'b|5\n",
      code: 0,
    })
    expect(exec(machine, ['psql', '-U', 'postgres', '-c', 'SELECT 1 AS one'])).toEqual({
      output: ' one \n-----\n   1\n(1 row)\n\n',
      code: 0,
    })
    expect(exec(machine, ['psql', '-U', 'postgres', '-c', 'SELECT * FROM t'])).toEqual({
      output: 'ERROR:  relation "t" does not exist\n',
      code: 1,
    })
    expect(exec(machine, ['psql', '-U', 'nobody', '-c', 'SELECT 1']).code).toBe(2)
  })

  it('shuts down on the signal of the image', () => {
    const machine = up(['postgres'], { env })
    machine.takeOutbox()
    machine.signal('main', 2)
    machine.run(machine.kernel.now)
    const outs = machine.takeOutbox()
    expect(outputOf(outs)).toContain('received fast shutdown request')
    expect(exitsOf(outs)).toEqual({ main: 0 })
  })
})

describe('the other servers', () => {
  it('httpd says that it works', () => {
    const machine = up(['apache', '-DFOREGROUND'])
    expect(outputOf(machine.takeOutbox())).toContain('resuming normal operations')
    const caller = new Caller(machine, 80)
    expect(caller.ask('GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*<h1>It works!<\/h1>/)
    machine.signal('main', 28)
    machine.run(machine.kernel.now)
    expect(exitsOf(machine.takeOutbox())).toEqual({ main: 0 })
  })

  it('httpd of busybox serves a directory, in front or behind', () => {
    const prepare = (fs: FileSystem) => fs.writeFile(root(0n), '/tmp/index.html', 'page')
    const machine = up(['httpd', '-fv', '-p', '8080', '-h', '/tmp'], { prepare })
    const caller = new Caller(machine, 8080)
    expect(caller.ask('GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*\r\n\r\npage$/)
    machine.signal('main', 15)
    machine.run(machine.kernel.now)
    expect(machine.processes()).toHaveLength(1)
    const behind = up(['wait'], { prepare })
    expect(exec(behind, ['httpd', '-h', '/tmp']).code).toBe(0)
    expect(new Caller(behind, 80).ask('GET /no HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 404 Not Found/)
  })

  it('mysqld greets, lets in, and answers a literal', () => {
    const machine = up(['mysql-entrypoint', 'mysqld'], { env: { PATH: '/bin', MYSQL_ROOT_PASSWORD: 'x' } })
    const log = outputOf(machine.takeOutbox())
    expect(log.match(/ready for connections/g)).toHaveLength(2)
    const caller = new Caller(machine, 3306)
    expect(caller.hear().slice(4, 11)).toBe('\n8.4.4\0')
    expect(caller.ask(Uint8Array.of(1, 0, 0, 1, 0))).toBe('\x07\0\0\x02\0\0\0\x02\0\0\0')
    expect(caller.ask(Uint8Array.of(9, 0, 0, 0, 3, ...Buffer.from('SELECT 1')))).toContain('\x02\0\0\x04\x011')
    expect(exec(machine, ['mysqladmin', 'ping', '-h', 'localhost'])).toEqual({ output: 'mysqld is alive\n', code: 0 })
    expect(exitsOf(up(['mysqld']).takeOutbox())).toEqual({ main: 1 })
  })

  it('rabbitmq completes its start', () => {
    const machine = up(['rabbitmq-entrypoint', 'rabbitmq-server'])
    expect(outputOf(machine.takeOutbox())).toContain('Server startup complete; 4 plugins started.')
    const caller = new Caller(machine, 5672)
    expect(caller.ask('AMQP\0\0\x09\x01').slice(0, 3)).toBe('\x01\0\0')
    expect(exec(machine, ['rabbitmq-diagnostics', '-q', 'ping']).code).toBe(0)
    const http = new Caller(machine, 15_672, 'c3')
    expect(http.ask('GET /api/overview HTTP/1.1\r\nAuthorization: Basic eA==\r\n\r\n')).toContain('rabbitmq_version')
  })

  it('a registry answers /v2/', () => {
    const machine = up(['registry', 'serve', '/etc/docker/registry/config.yml'])
    const caller = new Caller(machine, 5000)
    expect(caller.ask('GET /v2/ HTTP/1.1\r\n\r\n')).toMatch(
      /Docker-Distribution-Api-Version: registry\/2\.0\r\n[\s\S]*\{\}$/,
    )
    expect(caller.ask('GET /v2/a/b/manifests/latest HTTP/1.1\r\n\r\n')).toContain('"NAME_UNKNOWN"')
  })

  it('ryuk acknowledges filters, and ends when nobody needs it any more', () => {
    const machine = up(['ryuk'])
    expect(outputOf(machine.takeOutbox())).toContain('Started')
    const caller = new Caller(machine, 8080)
    expect(caller.ask('label=a=b\r\nlabel=c=d\r\n')).toBe('ACK\nACK\n')
    machine.hangupConnection('c1')
    machine.run(machine.kernel.now)
    expect(machine.nextTimer()).toBe(machine.kernel.now + 10 * SECOND)
    runUntil(machine, machine.kernel.now + 10 * SECOND)
    expect(exitsOf(machine.takeOutbox())).toEqual({ main: 0 })
  })

  it('a second server on the same port fails', () => {
    const machine = up(['nginx'])
    machine.takeOutbox()
    expect(exec(machine, ['apache']).code).toBe(1)
  })

  it('every program of the services has a name of its own', () => {
    const names = services.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(marker(names[0]!)).toBe(`#!wavetank:${names[0]}\n`)
    expect(take(machineWith())).toEqual([])
  })
})
