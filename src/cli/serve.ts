import { parseArgs } from 'node:util'
import { createWavetank, type Wavetank } from '../index.ts'
import {
  type Listening,
  type ListeningRegistry,
  type ListenWhere,
  listen,
  listenRegistry,
  publish,
} from '../node/index.ts'
import { interrupted } from './interrupted.ts'
import { tankFlags, tankOptions } from './tank-options.ts'
import { usageError } from './usage.ts'

const DOCKER_PORT = 2375
const REGISTRY_PORT = 5000

/** `wavetank serve`: until SIGINT or SIGTERM. */
export async function serve(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      ...tankFlags,
      port: { type: 'string' },
      socket: { type: 'string' },
      host: { type: 'string' },
      publish: { type: 'boolean', default: true },
      registry: { type: 'string' },
      // Known by name, it makes `registry` false.
      'no-registry': { type: 'boolean' },
    },
  })
  const tank = createWavetank(tankOptions(values, 'real'))
  const doors = await openAll(tank, places(values))
  const host = values.host === undefined ? {} : { host: values.host }
  const registry = await openRegistry(tank, { ...host, port: values.registry as string | false | undefined }, doors)
  const ports = values.publish
    ? publish(tank, { ...host, failed: ({ message }) => console.error(`wavetank: ${message}`) })
    : undefined
  const stop = interrupted()
  for (const { dockerHost } of doors) console.log(`wavetank listens on ${dockerHost}`)
  if (registry) console.log(`registry at ${registry.host}`)
  console.log(`export DOCKER_HOST=${doors[0]!.dockerHost}`)
  await stop
  await ports?.close()
  tank.close()
  await Promise.all([...doors, ...(registry ? [registry] : [])].map((door) => door.close()))
  return 0
}

/** Where to listen, by the flags. */
function places({ port, socket, host }: { port?: string; socket?: string; host?: string }): ListenWhere[] {
  const sockets = socket === undefined ? [] : [{ socketPath: socket }]
  if (port === undefined && socket !== undefined) return sockets
  const address = host === undefined ? {} : { host }
  return [...sockets, { port: port === undefined ? DOCKER_PORT : portNumber(port), ...address }]
}

function portNumber(text: string, flag = '--port'): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw usageError(`${flag} is a number up to 65535, not ${JSON.stringify(text)}`)
}

/** All or none. */
async function openAll(tank: Wavetank, where: readonly ListenWhere[]): Promise<Listening[]> {
  const doors: Listening[] = []
  try {
    for (const place of where) doors.push(await listen(tank, place))
    return doors
  } catch (error) {
    await Promise.all(doors.map((door) => door.close()))
    throw error
  }
}

/** The usual port, or any other where somebody has it already; a port that was asked for must be had. `false`: `--no-registry`. */
async function openRegistry(
  tank: Wavetank,
  { host, port }: { host?: string; port: string | false | undefined },
  doors: readonly Listening[],
): Promise<ListeningRegistry | undefined> {
  if (port === false) return undefined
  const at = (number: number) => listenRegistry(tank, { port: number, ...(host === undefined ? {} : { host }) })
  try {
    if (port !== undefined) return await at(portNumber(port, '--registry'))
    return await at(REGISTRY_PORT).catch(() => at(0))
  } catch (error) {
    await Promise.all(doors.map((door) => door.close()))
    throw error
  }
}
