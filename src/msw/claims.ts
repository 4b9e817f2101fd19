import { clientRequestOf } from './client-request.ts'

/** Which requests of the process are for the tank's engine. */
export interface Claimed {
  /**
   * Paths of unix sockets that lead to this tank, as dockerode's `socketPath` or `unix:///…`.
   * Default: every socket; none when only `hosts` is given.
   */
  readonly sockets?: readonly string[]
  /**
   * `host:port` of the daemon, as `127.0.0.1:2375` or `tcp://…`. Default: the ports 2375 and 2376 on every host, and
   * versioned API paths on `http://localhost` for fetch over a socket; none when only `sockets` is given.
   */
  readonly hosts?: readonly string[]
}

/** Whether a request is for this engine. The path of a socket is not in the URL, and host alone tells nothing. */
export function claims({ sockets, hosts }: Claimed): (request: Request) => boolean {
  const paths = sockets && new Set(sockets.map((socket) => socket.replace(/^unix:\/\//, '')))
  const names = hosts && new Set(hosts.map((host) => host.replace(/^[a-z]+:\/\//, '').replace(/\/$/, '')))
  return (request) => {
    const client = clientRequestOf(request)
    const socketPath = client && socketPathOf(client)
    if (socketPath !== undefined) return paths ? paths.has(socketPath) : names === undefined
    const url = new URL(request.url)
    return names ? names.has(url.host) : paths === undefined && looksLikeEngine(url)
  }
}

/** Node keeps it where its documentation does not tell. */
const socketPathOf = (client: object) => (client as { socketPath?: string }).socketPath

const PORTS = new Set(['2375', '2376'])
/** What clients put in the place of a host when they speak over a socket. */
const STAND_INS = new Set(['localhost', 'docker', 'unix', 'd', '127.0.0.1', '[::1]'])

function looksLikeEngine({ protocol, hostname, port, pathname }: URL): boolean {
  if (PORTS.has(port)) return true
  return protocol === 'http:' && port === '' && STAND_INS.has(hostname) && /^\/(v1\.\d+\/|_ping$)/.test(pathname)
}
