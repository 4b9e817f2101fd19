import { Agent, type AgentOptions, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { duplexPair } from './duplex-pair.ts'
import { createServer } from './server.ts'
import type { Tank } from './tank.ts'

/** Connections to a server that listens nowhere. */
class TankAgent extends Agent {
  readonly #server: Server

  constructor(tank: Tank, options?: AgentOptions) {
    super({ keepAlive: true, ...options })
    this.#server = createServer(tank)
  }

  override createConnection(): Duplex {
    return connected(this.#server)
  }
}

function connected(server: Server): Duplex {
  const [client, side] = duplexPair()
  process.nextTick(() => server.emit('connection', side))
  return client
}

/**
 * An `http.Agent` whose connections end in the tank: no port, no file, and all of HTTP as on a wire, hijacked
 * connections and back-pressure included.
 *
 * @example
 * const docker = new Docker({ host: 'tank', port: 2375, agent: agent(tank) })
 */
export function agent(tank: Tank, options?: AgentOptions): Agent {
  return new TankAgent(tank, options)
}

/** What undici takes as `connect`. */
export type Connect = (options: unknown, give: (error: Error | null, socket: Duplex | null) => void) => void

/**
 * The same for undici, which does not know `http.Agent`.
 *
 * @example
 * const dispatcher = new undici.Agent({ connect: connect(tank) })
 * await undici.request('http://tank/_ping', { dispatcher })
 */
export function connect(tank: Tank): Connect {
  const server = createServer(tank)
  return (_options, give) => {
    const client = connected(server)
    // undici hangs when it is called back at once.
    queueMicrotask(() => give(null, client))
  }
}
