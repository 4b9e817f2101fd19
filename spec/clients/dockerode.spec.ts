import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Duplex, PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import Docker from 'dockerode'
import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createWavetank, type Wavetank } from '../../src/index.ts'
import { handlers } from '../../src/msw/index.ts'
import { agent, listen } from '../../src/node/index.ts'

/** A way to dockerode, and what closes it. */
type Door = (tank: Wavetank) => Promise<{ docker: Docker; close(): Promise<void> | void }>

const throughMsw: Door = async (tank) => {
  const server = setupServer(...handlers(tank))
  server.listen({ onUnhandledRequest: 'error' })
  return { docker: new Docker(), close: () => server.close() }
}
const throughSocket: Door = async (tank) => {
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-dockerode-'))
  const socketPath = join(folder, 'docker.sock')
  const listening = await listen(tank, { socketPath })
  const close = async () => {
    await listening.close()
    rmSync(folder, { recursive: true })
  }
  return { docker: new Docker({ socketPath }), close }
}
const throughPort: Door = async (tank) => {
  const { address, close } = await listen(tank)
  return { docker: new Docker({ host: '127.0.0.1', port: (address as { port: number }).port }), close }
}
const throughAgent: Door = async (tank) => {
  const inside = agent(tank)
  // The types of dockerode do not know its `agent`.
  const options = { host: 'tank', port: 2375, agent: inside }
  return { docker: new Docker(options), close: () => inside.destroy() }
}

describe.each([
  ['MSW', throughMsw],
  ['listen on a unix socket', throughSocket],
  ['listen on a port', throughPort],
  ['an agent', throughAgent],
])('dockerode through %s', (_name, door) => {
  let tank: Wavetank
  let docker: Docker
  let close: () => Promise<void> | void
  beforeEach(async () => {
    tank = createWavetank({ seed: 'dockerode', clock: 'auto' })
    ;({ docker, close } = await door(tank))
  })
  afterEach(async () => {
    tank.close()
    await close()
  })

  const create = (command: string, options: Docker.ContainerCreateOptions = {}) =>
    docker.createContainer({ Image: 'busybox:1.36', Cmd: ['sh', '-c', command], ...options })
  /** What the two streams of a framed connection say. */
  const demuxed = async (stream: NodeJS.ReadableStream): Promise<[string, string]> => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    docker.modem.demuxStream(stream, stdout, stderr)
    stream.on('end', () => {
      stdout.end()
      stderr.end()
    })
    return Promise.all([text(stdout), text(stderr)])
  }

  it('create, start, logs follow, wait, inspect, remove', async () => {
    const container = await create('echo out; echo err >&2; sleep 60; echo late; exit 3', { name: 'one' })
    await container.start()
    const logs = await container.logs({ follow: true, stdout: true, stderr: true })
    expect(await demuxed(logs)).toEqual(['out\nlate\n', 'err\n'])
    expect(await container.wait()).toEqual({ StatusCode: 3 })
    expect((await container.inspect()).State).toMatchObject({ Status: 'exited', ExitCode: 3, Running: false })
    expect((await docker.listContainers({ all: true })).map(({ Names }) => Names)).toEqual([['/one']])
    await container.remove()
    await expect(container.inspect()).rejects.toMatchObject({ statusCode: 404 })
  })

  it('attach with hijack and stdin: half-close is the end of stdin', async () => {
    const container = await create('cat; echo over >&2; exit 5', {
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    })
    const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true })
    const said = demuxed(stream)
    await container.start()
    stream.write('to and fro\n')
    stream.end()
    expect(await said).toEqual(['to and fro\n', 'over\n'])
    expect(await container.wait()).toEqual({ StatusCode: 5 })
  })

  it('attach without hijack', async () => {
    const container = await create('echo out; exit 0')
    const stream = await container.attach({ stream: true, stdout: true, stderr: true })
    const said = demuxed(stream)
    await container.start()
    expect(await said).toEqual(['out\n', ''])
  })

  it('a terminal', async () => {
    const container = await docker.createContainer({ Image: 'busybox:1.36', Tty: true, OpenStdin: true, Cmd: ['sh'] })
    const stream = await container.attach({ stream: true, stdin: true, stdout: true, hijack: true })
    const said = text(stream)
    await container.start()
    await container.resize({ h: 40, w: 100 })
    stream.write('exit 7\n')
    // The shell shows its line anew when the terminal has another size.
    expect(await said).toContain('/ # \r/ # \x1b[Jexit 7\r\n')
    expect(await container.wait()).toEqual({ StatusCode: 7 })
  })

  it('exec with stdin', async () => {
    const container = await create('sleep 1000')
    await container.start()
    const exec = await container.exec({ Cmd: ['cat'], AttachStdin: true, AttachStdout: true, AttachStderr: true })
    const stream: Duplex = await exec.start({ hijack: true, stdin: true })
    const said = demuxed(stream)
    stream.write('in')
    stream.end()
    expect(await said).toEqual(['in', ''])
    expect(await exec.inspect()).toMatchObject({ Running: false, ExitCode: 0 })
    await container.remove({ force: true })
  })

  it('events, and a listener that leaves', async () => {
    const events = (await docker.getEvents({ filters: { type: ['container'] } })) as NodeJS.ReadableStream & {
      destroy(): void
    }
    const actions: string[] = []
    const died = new Promise<void>((resolve) =>
      events.on('data', (line: Buffer) => {
        for (const json of String(line).trim().split('\n'))
          actions.push((JSON.parse(json) as { Action: string }).Action)
        if (actions.includes('die')) resolve()
      }),
    )
    const container = await create('true')
    await container.start()
    await died
    expect(actions).toEqual(['create', 'start', 'die'])
    events.destroy()
    await container.remove()
  })

  it('refusals carry the daemon’s words', async () => {
    await expect(docker.createContainer({ Image: 'no/such' })).rejects.toMatchObject({
      statusCode: 404,
      json: { message: 'No such image: no/such:latest' },
    })
    await expect(docker.getContainer('nosuch').start()).rejects.toMatchObject({
      json: { message: 'No such container: nosuch' },
    })
  })
})
