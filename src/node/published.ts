import { createServer, type Server, type Socket } from 'node:net'
import type { PortChange } from '../runtime/machines/switch.ts'
import type { Wavetank } from '../runtime/wavetank.ts'

/** How `publish` opens the ports. */
export interface PublishOptions {
  /** The address to open them on. Default `127.0.0.1`, whatever the container asks for. */
  readonly host?: string
  /** Told when a port of this machine is not to be had; the container runs on without it. */
  readonly failed?: (error: Error) => void
}

/** The ports that were opened for containers. */
export interface Published {
  /** Closes them, and stops watching. */
  close(): Promise<void>
}

/**
 * The published ports of running containers as real ports of this machine.
 *
 * @example
 * const ports = publish(tank)
 * // docker run -d -p 8080:80 nginx
 * await fetch('http://127.0.0.1:8080/')
 */
export function publish(tank: Pick<Wavetank, 'watchPorts' | 'connect'>, options: PublishOptions = {}): Published {
  const open = new Map<string, { server: Server; sockets: Set<Socket> }>()
  const shut = (key: string): Promise<void> => {
    const { server, sockets } = open.get(key) ?? {}
    open.delete(key)
    for (const socket of sockets ?? []) socket.destroy()
    return new Promise((resolve) => (server ? server.close(() => resolve()) : resolve()))
  }
  const unwatch = tank.watchPorts(({ change, container, port }) => {
    if (port.protocol !== 'tcp') return
    const key = String(port.hostPort)
    if (change === 'close') void shut(key)
    else if (!open.has(key)) open.set(key, opened(tank, container, port, options))
  })
  return {
    close: async () => {
      unwatch()
      await Promise.all([...open.keys()].map(shut))
    },
  }
}

function opened(
  tank: Pick<Wavetank, 'connect'>,
  container: string,
  { hostPort, containerPort }: PortChange['port'],
  { host = '127.0.0.1', failed }: PublishOptions,
): { server: Server; sockets: Set<Socket> } {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    join(tank, container, containerPort, socket)
  })
  server.on('error', ({ code }: NodeJS.ErrnoException) =>
    failed?.(new Error(`published port ${host}:${hostPort} is not to be had: ${code}`)),
  )
  server.listen(hostPort, host)
  return { server, sockets }
}

/** A client of this machine and a program in a container, byte for byte. */
function join(tank: Pick<Wavetank, 'connect'>, container: string, port: number, socket: Socket): void {
  const connection = tank.connect(container, port, {
    data: (bytes) => void socket.write(bytes),
    end: () => socket.end(),
    close: () => socket.destroy(),
  })
  socket.on('error', () => {})
  if (!connection) return void socket.destroy()
  socket.on('data', (bytes) => connection.write(bytes))
  socket.on('end', () => connection.end())
  socket.on('close', () => connection.close())
}
