import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createWavetank, image } from '../../src/index.ts'
import { asking } from '../engine/asking.ts'

const api = image('acme/api:1', {
  from: 'alpine:3.20',
  files: {
    '/etc/api/api.conf': 'port = 8080\n',
    '/usr/local/bin/hi': '#!/bin/sh\necho hi from $NAME\n',
    '/usr/local/bin/also': { link: 'hi' },
    '/var/lib/api/': { mode: 0o750, uid: 1000, gid: 1000 },
    '/secret': { content: new Uint8Array([1, 2, 3]), mode: 0o600, uid: 1000 },
  },
  cmd: ['hi'],
  env: { NAME: 'api', PATH: '/usr/local/bin:/bin' },
  expose: [8080, '53/udp'],
  user: '1000',
  workdir: '/srv/app',
  volumes: ['/data'],
  labels: { team: 'a' },
  stopSignal: 'SIGQUIT',
  healthcheck: { test: 'true', interval: '5s', retries: 2 },
})

const real = new Uint8Array(readFileSync(new URL('../../fixtures/images/dockerd-20.10.24.tar', import.meta.url)))

describe('image', () => {
  test('says everything that a Dockerfile could', async () => {
    const { ask } = asking({ images: [api] })
    const { json } = await ask('GET', '/images/acme/api:1/json')
    expect(json.Config).toEqual({
      Cmd: ['hi'],
      Entrypoint: null,
      Env: ['PATH=/usr/local/bin:/bin', 'NAME=api'],
      ExposedPorts: { '53/udp': {}, '8080/tcp': {} },
      Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 5e9, Retries: 2 },
      Labels: { team: 'a' },
      OnBuild: null,
      StopSignal: 'SIGQUIT',
      User: '1000',
      Volumes: { '/data': {} },
      WorkingDir: '/srv/app',
    })
    const alpine = (await ask('GET', '/images/alpine:3.20/json')).json
    expect(json.RootFS.Layers.slice(0, -1)).toEqual(alpine.RootFS.Layers)
    expect(json.Size).toBe(alpine.Size + 'port = 8080\n'.length + '#!/bin/sh\necho hi from $NAME\n'.length + 3)
  })

  test('has its files, over those of what it starts from', () => {
    const { fs } = createWavetank({ images: [api] }).image('acme/api:1')
    expect(fs.readFileSync('/etc/api/api.conf', 'utf8')).toBe('port = 8080\n')
    expect(fs.existsSync('/etc/alpine-release')).toBe(true)
    const mode = (path: string) => fs.statSync(path).mode & 0o7777
    expect([mode('/usr/local/bin/hi'), mode('/etc/api/api.conf'), mode('/secret'), mode('/var/lib/api')]).toEqual([
      0o755, 0o644, 0o600, 0o750,
    ])
    expect([mode('/tmp'), mode('/srv/app')]).toEqual([0o1777, 0o755])
    expect(fs.readlinkSync('/usr/local/bin/also')).toBe('hi')
  })

  test('runs', async () => {
    const { ask, run } = asking({ images: [api] })
    await run('web', { Image: 'acme/api:1', Cmd: undefined })
    expect((await ask('GET', '/containers/web/logs?stdout=1')).text).toContain('hi from api\n')
  })

  test('the same declaration is the same image, whatever the order of its files and the seed of the tank', async () => {
    const files = { '/b': '2', '/a': '1', '/c/d': '3' }
    const reversed = Object.fromEntries(Object.entries(files).reverse())
    const id = async (given: typeof files, seed: string) =>
      (await asking({ seed, images: [image('x', { files: given })] }).ask('GET', '/images/x/json')).json.Id
    expect(await id(files, 'one')).toBe(await id(reversed as typeof files, 'two'))
    expect(await id(files, 'one')).toBe('sha256:721c11d7fb7b6a0685637b313e57270a5815a1cc6d53f9fe7b4d12ea89994595')
  })

  test('a program goes with it: described by stages, in an executable that is made for it', async () => {
    const echo = image('acme/echo', { program: [{ print: 'ready', listen: 80, http: { 'GET /': 'pong' } }] })
    const { ask, run, tank } = asking({ images: [echo] })
    expect((await ask('GET', '/images/acme/echo/json')).json.Config.Entrypoint).toEqual(['/usr/local/bin/echo'])
    await run('web', { Image: 'acme/echo', Cmd: undefined })
    expect((await ask('GET', '/containers/web/logs?stdout=1')).text).toContain('ready\n')
    const id = (await ask('GET', '/containers/web/json')).json.Id
    let heard = ''
    const connection = tank.connect(id, 80, {
      data: (bytes) => {
        heard += new TextDecoder().decode(bytes)
      },
      end: () => {},
      close: () => {},
    })
    connection?.write(new TextEncoder().encode('GET / HTTP/1.0\r\n\r\n'))
    expect(heard).toContain('pong')
  })

  test('or as a generator, where the command is; two images do not take each other’s', async () => {
    const saying = (name: string, text: string) =>
      image(name, {
        cmd: ['/bin/app'],
        program: function* (sys) {
          yield sys.print(text)
          return 7
        },
      })
    const { ask, run } = asking({ images: [saying('one', 'I am one'), saying('two', 'I am two')] })
    for (const name of ['one', 'two']) await run(`c-${name}`, { Image: name, Cmd: undefined })
    for (const name of ['one', 'two']) {
      expect((await ask('GET', `/containers/c-${name}/logs?stdout=1`)).text).toContain(`I am ${name}\n`)
      expect((await ask('GET', `/containers/c-${name}/json`)).json.State.ExitCode).toBe(7)
    }
  })

  test('starts from another declared one, with its program, or from the catalog of the Hub', async () => {
    const base = image('base', { cmd: ['/bin/app'], program: [{ print: 'base', exit: 0 }] })
    const child = image('child:2', { from: base, env: ['A=1'] })
    const web = image('web', { from: 'nginx:latest', files: { '/usr/share/nginx/html/index.html': 'mine\n' } })
    const { ask, run } = asking({ images: [child, web] })
    await run('c1', { Image: 'child:2', Cmd: undefined })
    expect((await ask('GET', '/containers/c1/logs?stdout=1')).text).toContain('base\n')
    expect((await ask('GET', '/images/web/json')).json.Config.StopSignal).toBe('SIGQUIT')
    expect((await ask('GET', '/images/nginx/json')).status).toBe(404)
  })

  test('what it starts from must be somewhere', () => {
    expect(() => createWavetank({ images: [image('x', { from: 'no/such:1' })] })).toThrow(
      'image "x" starts from "no/such:1", which is nowhere in this tank',
    )
  })
})

describe('images of a tank', () => {
  test('a list adds to those of the start, an archive’s bytes among them', async () => {
    const { ask } = asking({ images: [real, image('x')] })
    const names = (await ask('GET', '/images/json')).json.flatMap(({ RepoTags }: { RepoTags: string[] }) => RepoTags)
    expect(new Set(names)).toEqual(
      new Set(['busybox:1.36', 'alpine:3.20', 'hello-world:latest', 'x:latest', 'fixture/real:1', 'fixture/real:one']),
    )
  })

  test('are added later too; a fork has its own, a reset forgets them', async () => {
    const { ask, tank } = asking()
    const [first] = tank.images.add(image('me/app', { from: 'busybox:1.36', files: { '/f': '1' } }))
    const fork = tank.fork()
    const [second, third] = tank.images.add(image('me/app:2', { from: 'me/app', files: { '/f': '2' } }), real)
    expect((await ask('GET', '/images/me/app/json')).json.Id).toBe(first)
    expect((await ask('GET', '/images/me/app:2/json')).json).toMatchObject({ Id: second })
    expect((await ask('GET', '/images/fixture/real:1/json')).json.Id).toBe(third)
    expect(fork.image('me/app').fs.readFileSync('/f', 'utf8')).toBe('1')
    expect((await fork.fetch(new Request('http://docker/images/me/app:2/json'))).status).toBe(404)
    tank.reset()
    expect((await ask('GET', '/images/me/app/json')).status).toBe(404)
  })

  test('an archive that is none is refused in the daemon’s words, and nothing is added', () => {
    const tank = createWavetank()
    const { images } = tank.engine.store.state
    expect(() => tank.images.add(real.subarray(0, 5000))).toThrow(
      expect.objectContaining({ message: 'unexpected EOF' }),
    )
    expect(tank.engine.store.state.images).toBe(images)
  })
})
