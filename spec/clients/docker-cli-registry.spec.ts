import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type Listening, type ListeningRegistry, listen, listenRegistry } from '../../src/node/index.ts'
import { DockerCli, dockerIsHere } from './docker.ts'

describe.runIf(dockerIsHere())('the docker CLI and registries, through the emulated engine', () => {
  let tank: Wavetank
  let engine: Listening
  let own: ListeningRegistry
  let docker: DockerCli

  beforeEach(async () => {
    tank = createWavetank({
      seed: 'cli',
      hub: {
        accounts: [{ name: 'me', password: 'secret' }],
        repositories: [{ name: 'someone/busybox-tools', stars: 12, description: 'More of it.' }],
      },
      registries: [{ host: 'locked.example.com', access: 'basic' }],
    })
    engine = await listen(tank)
    own = await listenRegistry(tank)
    docker = new DockerCli(engine.dockerHost)
  })
  afterEach(async () => {
    docker.close()
    await Promise.all([engine.close(), own.close()])
    tank.close()
  })
  const login = (password: string, ...server: string[]) =>
    docker.run(['login', '-u', 'me', '--password-stdin', ...server], password)

  it('logs in and out', async () => {
    const good = await login('secret')
    expect([good.status, good.stdout]).toEqual([0, expect.stringContaining('Login Succeeded')])
    expect(await docker.out('logout')).toContain('Removing login credentials for https://index.docker.io/v1/')
    const bad = await login('wrong')
    expect([bad.status, bad.stderr]).toEqual([
      1,
      expect.stringContaining('unauthorized: incorrect username or password'),
    ])
  })

  it('pulls from the Hub, and again', async () => {
    const first = await docker.out('pull', 'alpine:3')
    expect(first).toMatch(/^3: Pulling from library\/alpine\n[\s\S]*Status: Downloaded newer image for alpine:3\n/)
    expect(await docker.out('pull', '-q', 'alpine:3')).toBe('docker.io/library/alpine:3\n')
  })

  it('pushes to the Hub when it is logged in, and pulls what it pushed', async () => {
    await docker.out('tag', 'busybox:1.36', 'me/app:1')
    const refused = await docker.run(['push', 'me/app:1'])
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining('denied: requested access to the resource is denied'),
    ])
    await login('secret')
    expect(await docker.out('push', 'me/app:1')).toMatch(/1: digest: sha256:[0-9a-f]{64} size: \d+\n$/)
    await docker.out('rmi', 'me/app:1')
    expect(await docker.out('pull', 'me/app:1')).toContain('Status: Downloaded newer image for me/app:1')
  })

  it('pushes to a registry on a port of this machine, which other clients see', async () => {
    const name = `${own.host}/team/tool`
    await docker.out('tag', 'busybox:1.36', `${name}:1`)
    await docker.out('tag', 'busybox:1.36', `${name}:2`)
    expect(await docker.out('push', '--all-tags', name)).toContain('Layer already exists')
    expect(await (await fetch(`${own.url}/v2/team/tool/tags/list`)).json()).toEqual({
      name: 'team/tool',
      tags: ['1', '2'],
    })
    const missing = await docker.run(['pull', `${name}:3`])
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('manifest unknown')])
  })

  it('gets into a private registry with a password', async () => {
    const image = 'locked.example.com/team/app:1'
    await docker.out('tag', 'busybox:1.36', image)
    const refused = await docker.run(['push', image])
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('no basic auth credentials')])
    const wrong = await login('wrong', 'locked.example.com')
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('unauthorized')])
    expect((await login('secret', 'locked.example.com')).status).toBe(0)
    expect(await docker.out('push', image)).toContain('1: digest: sha256:')
    await docker.out('rmi', image)
    expect(await docker.out('pull', image)).toContain(`Status: Downloaded newer image for ${image}`)
    expect(await docker.out('logout', 'locked.example.com')).toContain('Removing login credentials')
    expect((await docker.run(['pull', image])).status).toBe(1)
  })

  it('searches', async () => {
    const found = await docker.out('search', '--format', '{{.Name}} {{.StarCount}} {{.IsOfficial}}', 'busybox')
    expect(found.trimEnd().split('\n')).toEqual(['busybox 3300 [OK]', 'someone/busybox-tools 12'])
    expect(await docker.out('search', '--format', '{{.Name}}', '-f', 'is-official=true', 'busybox')).toBe('busybox\n')
  })
})
