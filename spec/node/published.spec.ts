import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { publish } from '../../src/node/index.ts'
import type { Connection, PortChange, Receiver } from '../../src/runtime/machines/switch.ts'
import { freePort } from './free-port.ts'
import { eventually, Wire } from './wire.ts'

/** Echoes, and says goodbye when the caller has ended. */
class ToyPorts {
  readonly watchers = new Set<(change: PortChange) => void>()
  readonly calls: string[] = []
  watchPorts(watcher: (change: PortChange) => void): () => void {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }
  connect(container: string, port: number, receiver: Receiver): Connection | undefined {
    this.calls.push(`${container}:${port}`)
    if (container === 'gone') return undefined
    return {
      write: (bytes) => receiver.data(bytes),
      end: () => {
        receiver.data(new TextEncoder().encode('bye'))
        receiver.end()
      },
      close: () => this.calls.push('closed'),
    }
  }
  tell(change: 'open' | 'close', container: string, hostPort: number): void {
    const port = { hostIp: '0.0.0.0', hostPort, containerPort: 80, protocol: 'tcp' } as const
    for (const watcher of this.watchers) watcher({ change, container, port })
  }
}

/** Until something listens there. */
const dialled = async (port: number, text: string): Promise<Wire> => {
  for (;;) {
    const wire = new Wire(port)
    const up = await new Promise<boolean>((resolve) => {
      wire.socket.once('connect', () => resolve(true))
      wire.socket.once('error', () => resolve(false))
    })
    if (up) return wire.write(text)
  }
}

describe('publish', () => {
  const ports = new ToyPorts()
  let published: ReturnType<typeof publish>
  afterEach(() => published.close())

  it('opens a port of this machine, carries both ways, and closes it', async () => {
    published = publish(ports)
    const port = await freePort()
    ports.tell('open', 'web', port)
    const wire = await dialled(port, 'ping')
    await wire.has('ping')
    wire.socket.end()
    expect(await wire.all()).toBe('pingbye')
    expect(ports.calls).toContain('web:80')
    await eventually(() => ports.calls.includes('closed'))
    ports.tell('close', 'web', port)
    const refused = new Wire(port)
    await new Promise((resolve) => refused.socket.once('error', resolve))
  })

  it('hangs up where the container does not run', async () => {
    published = publish(ports)
    const port = await freePort()
    ports.tell('open', 'gone', port)
    expect(await (await dialled(port, '')).all().catch(() => '')).toBe('')
  })

  it('tells when a port is not to be had', async () => {
    const other = createServer()
    const port = await new Promise<number>((resolve) =>
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)),
    )
    const failed = new Promise<Error>((resolve) => {
      published = publish(ports, { failed: resolve })
    })
    ports.tell('open', 'web', port)
    expect((await failed).message).toBe(`published port 127.0.0.1:${port} is not to be had: EADDRINUSE`)
    other.close()
  })

  it('watches no more when it is closed', async () => {
    published = publish(ports)
    await published.close()
    expect(ports.watchers.size).toBe(0)
  })
})
