import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { GenericContainer, Network, Wait } from 'testcontainers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../node/wire.ts'
import { type TestcontainersTank, testcontainersTank } from './testcontainers-tank.ts'

interface Summary {
  readonly Id: string
  readonly Image: string
  readonly State: string
  readonly Labels: Readonly<Record<string, string>>
  readonly Ports: readonly { readonly PrivatePort: number; readonly PublicPort?: number }[]
}

const SESSION = 'org.testcontainers.session-id'

describe('testcontainers with its reaper', () => {
  let world: TestcontainersTank

  beforeAll(async () => {
    world = await testcontainersTank('reaper', { reaper: true })
  })
  afterAll(() => world.close())

  const ask = (path: string) => world.tank.fetch(new Request(`http://docker/v1.51${path}`))
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
    await world.ports.close()
    await eventually(async () => (await logs(Id)).includes('"client disconnected" clients=0'))
    world.tank.clock.advance(11_000)
    expect((await containers()).map(({ State }) => State).filter((state) => state === 'running')).toEqual([])
  })
})
