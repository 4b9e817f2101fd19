import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { GenericContainer, Network, Wait } from 'testcontainers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestcontainersTank, testcontainersTank } from './testcontainers-tank.ts'

const FOREVER = ['sleep', '100000']

// One daemon for all: testcontainers keeps the client it made first.
describe('testcontainers', () => {
  let world: TestcontainersTank

  beforeAll(async () => {
    world = await testcontainersTank('testcontainers', { reaper: false })
  })
  afterAll(() => world.close())

  it('waits for a line of the log', async () => {
    const container = await new GenericContainer('busybox:1.36')
      .withCommand(['sh', '-c', 'sleep 3; echo ready; sleep 100000'])
      .withWaitStrategy(Wait.forLogMessage('ready'))
      .start()
    expect(await text((await container.logs({ tail: 1 })).setEncoding('utf8'))).toContain('ready\n')
    await container.stop()
  })

  it('waits for health', async () => {
    const container = await new GenericContainer('alpine:3.20')
      .withCommand(['sh', '-c', 'sleep 3; touch /tmp/up; sleep 100000'])
      .withHealthCheck({ test: ['CMD-SHELL', 'test -f /tmp/up'], interval: 1000, timeout: 1000, retries: 9 })
      .withWaitStrategy(Wait.forHealthCheck())
      .start()
    expect(await container.exec(['ls', '/tmp'])).toMatchObject({ output: 'up\n', exitCode: 0 })
    await container.stop()
  })

  it('waits for a port of this machine', async () => {
    const container = await new GenericContainer('busybox:1.36')
      .withCopyContentToContainer([{ content: 'page\n', target: '/www/index.html' }])
      .withCommand(['httpd', '-f', '-p', '80', '-h', '/www'])
      .withExposedPorts(80)
      .start()
    const answer = await fetch(`http://${container.getHost()}:${container.getMappedPort(80)}/`)
    expect([answer.status, await answer.text()]).toEqual([200, 'page\n'])
    await container.stop()
  })

  it('waits for an answer over HTTP', async () => {
    const container = await new GenericContainer('busybox:1.36')
      .withCommand(['sh', '-c', 'mkdir /www; echo well > /www/health; exec httpd -f -p 80 -h /www'])
      .withExposedPorts(80)
      .withWaitStrategy(Wait.forHttp('/health', 80).forResponsePredicate((body) => body === 'well\n'))
      .start()
    await container.stop()
  })

  it('waits for a one-shot to end', async () => {
    const container = await new GenericContainer('busybox:1.36')
      .withCommand(['sh', '-c', 'sleep 5; echo over'])
      .withWaitStrategy(Wait.forOneShotStartup())
      .start()
    await container.stop()
  })

  it('exec, environment, files in and out', async () => {
    const container = await new GenericContainer('busybox:1.36')
      .withCommand(FOREVER)
      .withEnvironment({ GREETING: 'hello' })
      .withWorkingDir('/srv')
      .withCopyContentToContainer([{ content: 'before', target: '/etc/early' }])
      .withWaitStrategy(Wait.forSuccessfulCommand('test -f /etc/early'))
      .start()
    await container.copyContentToContainer([{ content: 'during', target: '/etc/late' }])
    const script = 'pwd; echo $GREETING; cat /etc/early /etc/late; echo bad >&2; exit 3'
    expect(await container.exec(['sh', '-c', script])).toEqual({
      output: '/srv\nhello\nbeforeduringbad\n',
      stdout: '/srv\nhello\nbeforeduring',
      stderr: 'bad\n',
      exitCode: 3,
    })
    expect(await text(await container.copyArchiveFromContainer('/etc/late'))).toContain('during')
    await container.stop()
  })

  it('a network, an alias, a restart', async () => {
    const network = await new Network().start()
    const web = await new GenericContainer('busybox:1.36')
      .withCommand(['sh', '-c', 'mkdir /www; echo page > /www/index.html; exec httpd -f -p 80 -h /www'])
      .withNetwork(network)
      .withNetworkAliases('web')
      .start()
    const client = await new GenericContainer('busybox:1.36').withCommand(FOREVER).withNetwork(network).start()
    const page = () => client.exec(['wget', '-qO-', 'http://web/'])
    expect(await page()).toMatchObject({ output: 'page\n', exitCode: 0 })
    await client.restart({ timeout: 0 })
    expect(await page()).toMatchObject({ output: 'page\n', exitCode: 0 })
    await client.stop()
    await web.stop()
    await network.stop()
  })

  it('builds an image', async () => {
    const image = await GenericContainer.fromDockerfile(
      fileURLToPath(new URL('../../fixtures/dockerfiles/multi-stage', import.meta.url)),
    ).build('ours:built')
    const container = await image.withEntrypoint(['sleep']).withCommand(['100000']).start()
    expect(await container.exec(['cat', '/result/out.txt'])).toMatchObject({ output: 'made of a\n', exitCode: 0 })
    await container.stop()
  })

  it('leaves nothing behind', async () => {
    const containers = await world.tank.fetch(new Request('http://docker/v1.51/containers/json?all=1'))
    expect(await containers.json()).toEqual([])
  })
})
