import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWavetank } from '../../src/index.ts'
import { DockerCli, dockerIsHere } from '../clients/docker.ts'
import { built } from './built.ts'

let main: string
let removeBuild: () => void
let folder: string
const children = new Set<ChildProcessWithoutNullStreams>()

beforeAll(() => {
  const build = built()
  main = build.main
  removeBuild = build.remove
})
afterAll(() => removeBuild())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wavetank-bin-'))
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  rmSync(folder, { recursive: true, force: true })
})

interface Running {
  readonly child: ChildProcessWithoutNullStreams
  readonly ended: Promise<{ status: number | null; signal: string | null; stdout: string; stderr: string }>
  /** What it has printed, once that satisfies. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
}

/** The bin itself, through its own first line. */
function wavetank(...args: string[]): Running {
  const child = spawn(main, args)
  children.add(child)
  let [stdout, stderr] = ['', '']
  const looks: (() => void)[] = []
  child.stdout.on('data', (bytes) => {
    stdout += String(bytes)
    for (const look of looks) look()
  })
  child.stderr.on('data', (bytes) => (stderr += String(bytes)))
  const ended = new Promise<Awaited<Running['ended']>>((resolve) =>
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr })),
  )
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(stdout)
        if (found) resolve(found)
      }
      looks.push(look)
      look()
      void ended.then(() => reject(new Error(`ended: ${stdout}${stderr}`)))
    })
  return { child, ended, printed }
}

const ping = (options: http.RequestOptions) =>
  new Promise<number | undefined>((resolve, reject) =>
    http
      .get({ ...options, path: '/_ping', agent: false }, (res) => resolve(res.resume().statusCode))
      .on('error', reject),
  )

describe('wavetank', () => {
  it('is executable, and tells its version and what it can do', async () => {
    accessSync(main, constants.X_OK)
    const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'))
    expect(await wavetank('--version').ended).toMatchObject({ status: 0, stdout: `${version}\n` })
    expect((await wavetank('--help').ended).stdout).toMatch(
      /wavetank serve[\s\S]*wavetank exec[\s\S]*wavetank trace[\s\S]*wavetank tour/,
    )
    expect(await wavetank('dance').ended).toMatchObject({ status: 2, stdout: '' })
  })
})

describe('wavetank serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('says where it listens, and ends cleanly on %s', async (signal) => {
    const socket = join(folder, 'tank.sock')
    const { child, ended, printed } = wavetank('serve', '--socket', socket)
    await printed(/export DOCKER_HOST=/)
    expect(await ping({ socketPath: socket })).toBe(200)
    const stream = http.get({ socketPath: socket, path: '/events', agent: false })
    await new Promise((resolve) => stream.on('response', resolve))
    stream.on('error', () => {})
    child.kill(signal)
    const { stdout, ...end } = await ended
    expect(end).toEqual({ status: 0, signal: null, stderr: '' })
    expect(stdout.replace(/^registry at 127\.0\.0\.1:\d+\n/m, '')).toBe(
      `wavetank listens on unix://${socket}\nexport DOCKER_HOST=unix://${socket}\n`,
    )
    expect(existsSync(socket)).toBe(false)
  })

  it('listens on a socket and a port at once, on loopback', async () => {
    const socket = join(folder, 'tank.sock')
    const { printed } = wavetank('serve', '--socket', socket, '--port', '0')
    const [, port] = await printed(/tcp:\/\/127\.0\.0\.1:(\d+)\nregistry at .*\nexport DOCKER_HOST=unix:/)
    expect(await ping({ host: '127.0.0.1', port: Number(port) })).toBe(200)
    expect(await ping({ socketPath: socket })).toBe(200)
  })

  it('refuses a taken port and a taken socket with one line and status 1', async () => {
    const socket = join(folder, 'tank.sock')
    const first = wavetank('serve', '--socket', socket, '--port', '0')
    const [, port] = await first.printed(/tcp:\/\/127\.0\.0\.1:(\d+)/)
    expect(await wavetank('serve', '--port', port!).ended).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `wavetank: 127.0.0.1:${port} is already in use\n`,
    })
    expect(await wavetank('serve', '--socket', socket).ended).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `wavetank: ${socket} is already in use\n`,
    })
    expect(await ping({ socketPath: socket })).toBe(200)
  })

  it('opens a registry, which the engine pushes to, and none where it shall not', async () => {
    const socket = join(folder, 'tank.sock')
    const { printed } = wavetank('serve', '--socket', socket, '--registry', '0')
    const [, host] = await printed(/registry at (127\.0\.0\.1:\d+)\nexport/)
    const post = (path: string) =>
      new Promise<string>((resolve, reject) => {
        const request = http.request({ socketPath: socket, path, method: 'POST' }, (res) =>
          text(res).then(resolve, reject),
        )
        request.on('error', reject).end()
      })
    await post(`/images/busybox:1.36/tag?repo=${host}/me/app&tag=1`)
    expect(await post(`/images/${host}/me/app/push?tag=1`)).toContain('1: digest: sha256:')
    expect(await (await fetch(`http://${host}/v2/me/app/tags/list`)).json()).toEqual({ name: 'me/app', tags: ['1'] })
    expect(await wavetank('serve', '--port', '0', '--registry', host!.split(':')[1]!).ended).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `wavetank: ${host} is already in use\n`,
    })
    const none = wavetank('serve', '--port', '0', '--no-registry')
    await none.printed(/export/)
    none.child.kill('SIGTERM')
    expect((await none.ended).stdout).not.toContain('registry')
  })

  it('replaces the socket of a server that was killed', async () => {
    const socket = join(folder, 'tank.sock')
    const first = wavetank('serve', '--socket', socket)
    await first.printed(/export/)
    first.child.kill('SIGKILL')
    await first.ended
    expect(existsSync(socket)).toBe(true)
    await wavetank('serve', '--socket', socket).printed(/export/)
    expect(await ping({ socketPath: socket })).toBe(200)
  })

  it('deals ids by the seed', async () => {
    const socket = join(folder, 'tank.sock')
    await wavetank('serve', '--socket', socket, '--seed', 'one', '--clock', 'manual').printed(/export/)
    const create = { path: '/containers/create', method: 'POST', headers: { 'Content-Type': 'application/json' } }
    const body = '{"Image":"busybox:1.36"}'
    const served = await new Promise<string>((resolve, reject) => {
      const request = http.request({ socketPath: socket, ...create }, (res) => text(res).then(resolve, reject))
      request.on('error', reject).end(body)
    })
    const tank = createWavetank({ seed: 'one', clock: 'manual' })
    const own = await tank.fetch(new Request(`http://docker${create.path}`, { ...create, body }))
    expect(served).toBe(await own.text())
  })
})

describe('wavetank exec', () => {
  const node = (script: string) => [process.execPath, '-e', script]

  it('gives the command a tank of its own, and ends with its status', async () => {
    const script = `require('http').get({ socketPath: process.env.DOCKER_HOST.slice(7), path: '/_ping' }, (res) => {
      console.log(res.statusCode, process.env.DOCKER_HOST); process.exit(7) })`
    const { status, stdout } = await wavetank('exec', '--', ...node(script)).ended
    const [, path] = /^200 unix:\/\/(.*)\n$/.exec(stdout)!
    expect(existsSync(path!)).toBe(false)
    expect(status).toBe(7)
  })

  it('hands on stdin and the arguments', async () => {
    const running = wavetank(
      'exec',
      '--',
      ...node('process.stdin.pipe(process.stdout); console.log(process.argv[1])'),
      '--',
      '--x',
    )
    running.child.stdin.end('in')
    expect(await running.ended).toMatchObject({ stdout: '--x\nin', status: 0 })
  })

  it('is 127 for an unknown command, and 128 + the signal for a killed one', async () => {
    expect(await wavetank('exec', '--', 'no-such-command').ended).toMatchObject({
      status: 127,
      stderr: 'wavetank: spawn no-such-command ENOENT\n',
    })
    expect(await wavetank('exec', '--', ...node('process.kill(process.pid, "SIGKILL")')).ended).toMatchObject({
      status: 137,
    })
  })

  it('hands TERM on', async () => {
    const { child, ended, printed } = wavetank(
      'exec',
      '--',
      ...node('process.on("SIGTERM", () => process.exit(5)); console.log("up"); setInterval(() => {}, 1e6)'),
    )
    await printed(/up/)
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ status: 5 })
  })
})

describe('wavetank trace', () => {
  it('draws who asked whom for what, below what the command itself says, and ends with its status', async () => {
    const script = `require('http').request({ socketPath: process.env.DOCKER_HOST.slice(7), method: 'POST',
      path: '/v1.51/images/create?fromImage=busybox&tag=latest' }, (res) => {
      res.resume().on('end', () => { console.log('pulled'); process.exit(3) }) }).end()`
    const { status, stdout, stderr } = await wavetank('trace', '--', process.execPath, '-e', script).ended
    expect([status, stdout]).toEqual([3, 'pulled\n'])
    expect(stderr).toMatch(/^sequenceDiagram\n/)
    for (const line of [
      'p0->>p1: POST /v1.51/images/create?fromImage=busybox&tag=latest',
      'p1->>p2: GET /v2/',
      'p2-->>p1: 401',
      'p1->>p3: GET /token?scope=repository:library/busybox:pull&service=registry.docker.io',
      'p1-->>p0: 200',
    ])
      expect(stderr).toContain(`  ${line}\n`)
  })
})

describe('wavetank tour', () => {
  const picture = /ticker +▶━+■.*exit 7\nstubborn +▶━+╌+━+↯━+■ +exit 137\npolite +▶━+↯━*■.*exit 0\n/

  it('runs by itself over HTTP, and draws the lives of its containers', async () => {
    const { status, stdout, stderr } = await wavetank('tour', '--http').ended
    expect(stderr).toBe('')
    expect(stdout).toMatch(/hello from nowhere[\s\S]*tick 1\n.* tick 2\n.* tick 3[\s\S]*goodbye/)
    expect(stdout).toMatch(picture)
    expect(stdout).not.toMatch(/^[45]\d\d /m)
    expect(status).toBe(0)
  })

  it.runIf(dockerIsHere())('runs with the docker CLI', async () => {
    const { status, stdout } = await wavetank('tour').ended
    expect(stdout).toMatch(
      /\$ docker logs -f --timestamps ticker\n.*T00:00:00.0{9}Z tick 1\n.*T00:00:02.0{9}Z tick 2\n/,
    )
    expect(stdout).toMatch(picture)
    expect(status).toBe(0)
  })
})

describe.runIf(dockerIsHere())('the docker CLI against wavetank serve, on the wall clock', () => {
  it.each(['unix', 'tcp'])('over %s', async (where) => {
    const place = where === 'unix' ? ['--socket', join(folder, 'tank.sock')] : ['--port', '0']
    const [, dockerHost] = await wavetank('serve', ...place).printed(/export DOCKER_HOST=(.*)\n/)
    const docker = new DockerCli(dockerHost!)
    expect(await docker.out('version', '--format', '{{.Server.Version}}')).toBe('28.5.2\n')
    expect(await docker.out('run', '--rm', 'busybox:1.36', 'echo', 'hello')).toBe('hello\n')
    expect(await docker.run(['run', '-i', '--rm', 'busybox:1.36', 'sh', '-c', 'cat; exit 3'], 'in')).toMatchObject({
      stdout: 'in',
      status: 3,
    })
    await docker.out(
      'run',
      '-d',
      '--name',
      'web',
      'busybox:1.36',
      'sh',
      '-c',
      'echo up; sleep 1; echo later; sleep 1000',
    )
    const logs = await docker.interrupted(['logs', '-f', '--timestamps', 'web'], 'later')
    const [up, later] = logs.stdout
      .trimEnd()
      .split('\n')
      .map((line) => Date.parse(line.split(' ')[0]!))
    expect(later! - up!).toBeGreaterThanOrEqual(1_000)
    expect(await docker.out('ps', '--format', '{{.Names}} {{.State}}')).toBe('web running\n')
    expect(await docker.out('stop', '-t', '0', 'web')).toBe('web\n')
    expect(await docker.out('inspect', '-f', '{{.State.ExitCode}}', 'web')).toBe('137\n')
    docker.close()
  })
})
