import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type Listening, listen } from '../../src/node/index.ts'
import { DockerCli, dockerIsHere } from './docker.ts'

describe.runIf(dockerIsHere())('the docker CLI, where the daemon speaks v1 to registries', () => {
  let tank: Wavetank
  let engine: Listening
  let docker: DockerCli

  beforeAll(async () => {
    tank = createWavetank({
      images: {},
      host: { registryProtocol: 'v1' },
      hub: {
        accounts: [
          { name: 'alice', password: 'secret1' },
          { name: 'carol', password: 'secret1', active: false },
        ],
        v2: false,
      },
    })
    engine = await listen(tank)
    docker = new DockerCli(engine.dockerHost)
  })
  afterAll(async () => {
    docker.close()
    await engine.close()
    tank.close()
  })

  const login = (name: string, password: string) =>
    docker.run(['login', '-u', name, '--password-stdin', 'https://index.docker.io/v1/'], password)

  it('logs in, or is told why not', async () => {
    const wrong = await login('alice', 'wrong1')
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('Wrong login/password, please try again')])
    const inactive = await login('carol', 'secret1')
    expect([inactive.status, inactive.stderr]).toEqual([1, expect.stringContaining('Login: Account is not Active.')])
    const good = await login('alice', 'secret1')
    expect([good.status, good.stdout]).toEqual([0, expect.stringContaining('Login Succeeded')])
  })

  it('pulls, pushes, and pulls what it pushed', async () => {
    const pulled = await docker.out('pull', 'busybox:1.36')
    expect(pulled).toContain('Pulling repository busybox\n')
    expect(pulled).toContain('Status: Downloaded newer image for busybox:1.36\n')
    await docker.out('tag', 'busybox:1.36', 'alice/bb:v1')
    const pushed = await docker.out('push', 'alice/bb:v1')
    expect(pushed).toContain('The push refers to a repository [alice/bb] (len: 1)\n')
    expect(pushed).toMatch(/Pushing tag for rev \[[0-9a-f]{12}\] on \{https:\/\/registry-1\.docker\.io\/v1\//)
    await docker.out('rmi', 'alice/bb:v1', 'busybox:1.36')
    expect(await docker.out('pull', 'alice/bb:v1')).toContain('Status: Downloaded newer image for alice/bb:v1\n')
    expect(await docker.out('run', '--rm', 'alice/bb:v1', 'echo', 'it runs')).toBe('it runs\n')
  })

  it('is told by the stream what is refused', async () => {
    const none = await docker.run(['pull', 'alice/none:v1'])
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('Error: image alice/none:v1 not found')])
    await docker.out('tag', 'alice/bb:v1', 'bobby/bb:v1')
    const foreign = await docker.run(['push', 'bobby/bb:v1'])
    expect([foreign.status, foreign.stderr]).toEqual([
      1,
      expect.stringContaining('Access Denied: Not allowed to create Repo at given location'),
    ])
  })

  it('searches', async () => {
    expect(await docker.out('search', '--format', '{{.Name}} {{.IsOfficial}}', 'busybox')).toContain('busybox [OK]\n')
  })
})
