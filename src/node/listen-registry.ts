import type { AddressInfo } from 'node:net'
import type { Wavetank } from '../runtime/wavetank.ts'
import { authorityOf, type ListenWhere, open } from './listen.ts'
import { createServer } from './server.ts'
import type { Tank } from './tank.ts'

/** Where `listenRegistry` opens a port, and which registry answers there. */
export interface RegistryWhere extends Omit<ListenWhere, 'socketPath'> {
  /**
   * Which of the tank's registries it is. Default: one of its own, which the engine reaches by the port's address too.
   * `registry-1.docker.io` is Docker Hub: tokens are asked for, and official images are to be had.
   */
  readonly registry?: string
}

/** A registry at a port of this machine. */
export interface ListeningRegistry {
  /** What images are named after: `127.0.0.1:5000`, as in `docker push 127.0.0.1:5000/me/app`. */
  readonly host: string
  /** `http://127.0.0.1:5000`; below it `/v2/`, `/v1/` for clients of the Index and its registry, and `/token`. */
  readonly url: string
  readonly address: AddressInfo
  /** Ends all connections; the engine does not reach it any more. */
  close(): Promise<void>
}

/**
 * A registry of the tank on a port of this machine, for real clients: `docker push`, skopeo, a real dockerd.
 *
 * @example
 * const { host, close } = await listenRegistry(tank, { port: 5000 })
 * // docker push 127.0.0.1:5000/me/app
 */
export async function listenRegistry(
  tank: Tank & Pick<Wavetank, 'lead'>,
  where: RegistryWhere = {},
): Promise<ListeningRegistry> {
  let registry = where.registry
  const door: Tank = {
    serve: (request) => tank.serve(registry === undefined ? request : { ...request, registry }),
    intake: (head) => tank.intake(registry === undefined ? head : { ...head, registry }),
    kick: () => tank.kick(),
    get clock() {
      return tank.clock
    },
  }
  const server = createServer(door, where.tls)
  const close = await open(server, where)
  const address = server.address() as AddressInfo
  const host = authorityOf(address)
  const lead = tank.lead(host, registry)
  registry = lead.registry
  return {
    host,
    url: `${where.tls ? 'https' : 'http'}://${host}`,
    address,
    close: () => {
      lead.end()
      return close()
    },
  }
}
