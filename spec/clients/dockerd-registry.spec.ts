import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type Listening, type ListeningRegistry, listen, listenRegistry } from '../../src/node/index.ts'
import { DockerCli, dockerIsHere } from './docker.ts'
import { daemonIsHere, type RealDaemon, realDaemon } from './real-daemon.ts'

describe.runIf(dockerIsHere() && daemonIsHere())('a real dockerd', () => {
  let tank: Wavetank
  let own: ListeningRegistry
  let hub: ListeningRegistry
  let engine: Listening
  let daemon: RealDaemon | undefined
  let real: DockerCli
  let emulated: DockerCli

  beforeAll(async () => {
    tank = createWavetank({ seed: 'dockerd', hub: { accounts: [{ name: 'me', password: 'secret' }] } })
    own = await listenRegistry(tank)
    hub = await listenRegistry(tank, { registry: 'registry-1.docker.io' })
    engine = await listen(tank)
    emulated = new DockerCli(engine.dockerHost)
    daemon = await realDaemon('--registry-mirror', hub.url).catch((error: Error) => {
      console.warn(`skipped: ${error.message}`)
      return undefined
    })
    real = new DockerCli(daemon?.dockerHost ?? 'unix:///none')
  })
  afterAll(async () => {
    await daemon?.stop()
    real.close()
    emulated.close()
    await Promise.all([own.close(), hub.close(), engine.close()])
    tank.close()
  })
  const id = (docker: DockerCli, image: string) =>
    docker.out('image', 'inspect', '-f', '{{.Id}} {{.RootFS.Layers}}', image)

  it('pulls what the emulated engine pushed', async ({ skip }) => {
    skip(!daemon)
    const image = `${own.host}/team/busybox:1`
    await emulated.out('tag', 'busybox:1.36', image)
    await emulated.out('push', image)
    expect(await real.out('pull', image)).toContain(`Status: Downloaded newer image for ${image}`)
    expect(await id(real, image)).toBe(await id(emulated, image))
  })

  it('pushes what the emulated engine pulls', async ({ skip }) => {
    skip(!daemon)
    const image = `${own.host}/team/built:1`
    await real.out('create', '--name', 'made', `${own.host}/team/busybox:1`)
    await real.out('commit', '-c', 'ENV A=b', 'made', image)
    expect(await real.out('push', image)).toMatch(/1: digest: sha256:[0-9a-f]{64}/)
    await emulated.out('pull', image)
    expect(await id(emulated, image)).toBe(await id(real, image))
    expect(await emulated.out('image', 'inspect', '-f', '{{.Config.Env}} {{.Config.Cmd}}', image)).toContain('A=b')
  })

  it('finds the layers of one repository in another', async ({ skip }) => {
    skip(!daemon)
    const image = `${own.host}/other/built:1`
    await real.out('tag', `${own.host}/team/built:1`, image)
    expect(await real.out('push', image)).toContain('Mounted from team/')
  })

  it('pulls the images of the emulated Hub through a mirror', async ({ skip }) => {
    skip(!daemon)
    expect(await real.out('pull', 'alpine:3')).toContain('Status: Downloaded newer image for alpine:3')
    await emulated.out('pull', 'alpine:3')
    expect(await id(real, 'alpine:3')).toBe(await id(emulated, 'alpine:3'))
  })

  it('searches the emulated Index', async ({ skip }) => {
    skip(!daemon)
    const found = await real.out('search', '--format', '{{.Name}} {{.StarCount}}', `${hub.host}/busybox`)
    expect(found).toContain('busybox 3300')
  })

  it('logs in to the emulated Hub, and pushes there', async ({ skip }) => {
    skip(!daemon)
    const image = `${hub.host}/me/app:1`
    await real.out('tag', `${own.host}/team/busybox:1`, image)
    const denied = await real.run(['push', image])
    expect([denied.status, denied.stderr]).toEqual([1, expect.stringContaining('denied')])
    expect((await real.run(['login', '-u', 'me', '--password-stdin', hub.host], 'wrong')).status).toBe(1)
    expect((await real.run(['login', '-u', 'me', '--password-stdin', hub.host], 'secret')).status).toBe(0)
    expect(await real.out('push', image)).toContain('1: digest: sha256:')
    expect(await emulated.out('pull', 'me/app:1')).toContain('Status: Downloaded newer image for me/app:1')
  })
})
