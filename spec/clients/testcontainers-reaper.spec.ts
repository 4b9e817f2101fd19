import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { GenericContainer, Network, Wait } from 'testcontainers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { type Listening, listen, type Published, publish } from '../../src/node/index.ts'
import { eventually } from '../node/wire.ts'

interface Summary {
  readonly Id: string
  readonly Image: string
  readonly State: string
  readonly Labels: Readonly<Record<string, string>>
  readonly Ports: readonly { readonly PrivatePort: number; readonly PublicPort?: number }[]
}

const SESSION = 'org.testcontainers.session-id'

describe('testcontainers with its reaper', () => {
  let folder: string
  let tank: Wavetank
  let listening: Listening
  let ports: Published
  const before = { ...process.env }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wavetank-reaper-'))
    tank = createWavetank({ seed: 'reaper', clock: 'auto' })
    listening = await listen(tank, { socketPath: join(folder, 'docker.sock') })
    ports = publish(tank)
    Object.assign(process.env, { DOCKER_HOST: listening.dockerHost, TESTCONTAINERS_HOST_OVERRIDE: '127.0.0.1' })
    delete process.env.TESTCONTAINERS_RYUK_DISABLED
  })
  afterAll(async () => {
    process.env = before
    await ports.close()
    tank.close()
    await listening.close()
    rmSync(folder, { recursive: true })
  })

  const ask = (path: string) => tank.fetch(new Request(`http://docker/v1.51${path}`))
  const containers = async () => (await (await ask('/containers/json?all=1')).json()) as Summary[]
  const reaper = async () => (await containers()).find(({ Image }) => Image.startsWith('testcontainers/ryuk:'))!
  const logs = async (id: string) => text((await ask(`/containers/${id}/logs?stdout=1&stderr=1`)).body!)

  it('pulls and starts it before all else, and tells it what belongs to the session', async () => {
    const network = await new Network().start()
    const container = await new GenericContainer('busybox:1.36')
      .withCommand(['sh', '-c', 'echo ready; sleep 100000'])
      .withNetwork(network)
      .withWaitStrategy(Wait.forLogMessage('ready'))
      .start()
    const { Id, State, Labels } = await reaper()
    expect(State).toBe('running')
    const session = Labels[SESSION]
    const own = (await containers()).find((one) => one.Id === container.getId())!
    expect(own.Labels[SESSION]).toBe(session)
    // The client tells it, and does not wait for the answer.
    await eventually(async () => (await logs(Id)).includes(`label=${SESSION}=${session}`))
    await container.stop()
    await network.stop()
    expect((await containers()).map((one) => one.Id)).toEqual([Id])
  })

  it('answers each line with ACK', async () => {
    const { Ports } = await reaper()
    const port = Ports.find(({ PrivatePort }) => PrivatePort === 8080)!.PublicPort!
    const socket = connect(port, '127.0.0.1')
    let answers = ''
    socket.on('data', (bytes) => (answers += String(bytes)))
    socket.write('label=a=b\nlabel=c=d&label=e=f\n')
    await eventually(() => answers === 'ACK\nACK\n')
    socket.destroy()
  })

  it('ends by itself when its clients are gone', async () => {
    const { Id } = await reaper()
    await ports.close()
    await eventually(async () => (await logs(Id)).includes('"client disconnected" clients=0'))
    tank.clock.advance(11_000)
    expect((await containers()).map(({ State }) => State).filter((state) => state === 'running')).toEqual([])
  })
})
