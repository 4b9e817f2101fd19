import { type HttpAnswer, type HttpRequest, statusText } from '../http.ts'
import { exit } from '../kernel/program.ts'
import { parseOptions } from '../net/options.ts'
import { httpTime } from './log-time.ts'
import { type Context, type Service, type Session, serviceProgram } from './server.ts'
import { receiveHttp, serveFile, typeOf } from './web.ts'

interface State {
  readonly directory: string
  readonly verbose: boolean
}

const OPTIONS = 'ifvp:h:u:c:r:d:e:m:'

const service: Service<State, null> = {
  name: 'httpd',
  boot({ kernel, process }) {
    const options = parseOptions(process.argv.slice(1), OPTIONS)
    const directory = options.get('h') ?? kernel.namespace.pathOf(process.cwd)
    const port = Number((options.get('p') ?? '80').replace(/^.*:/, ''))
    return { state: { directory: directory.replace(/\/$/, ''), verbose: options.has('v') }, log: [], ports: [port] }
  },
  open: () => null,
  receive: (context, session, bytes) => receiveHttp(context, session, bytes, respond),
  signals: {},
}

function respond(context: Context<State>, request: HttpRequest, { socket }: Session<unknown>): HttpAnswer {
  const { kernel, process, state, now } = context
  const served = serveFile(kernel, process, state.directory, request.path)
  const answer =
    served.kind === 'file' ? found(served.path, served.bytes, served.mtime) : refusal(served.kind, request.path)
  if (state.verbose) context.log(`${socket.remote.host}:${socket.remote.port}: response:${answer.status}`, 2)
  return { ...answer, headers: { Date: httpTime(now), Connection: 'close', ...answer.headers } }
}

const found = (path: string, body: Uint8Array, mtime: bigint): HttpAnswer => ({
  status: 200,
  body,
  headers: { 'Content-type': typeOf(path), 'Accept-Ranges': 'bytes', 'Last-Modified': httpTime(Number(mtime / 1000n)) },
})

function refusal(kind: 'directory' | 'forbidden' | 'missing', path: string): HttpAnswer {
  if (kind === 'directory') return { status: 302, headers: { Location: `${path}/` } }
  // A directory without index.html is not found either.
  const title = `404 ${statusText(404)}`
  const body = `<HTML><HEAD><TITLE>${title}</TITLE></HEAD>\n<BODY><H1>${title}</H1>\nThe requested URL was not found\n</BODY></HTML>\n`
  return { status: 404, body, headers: { 'Content-type': 'text/html' } }
}

const server = serviceProgram(service)

/** httpd of busybox: without -f it goes to the background and the command ends. */
export const busyboxHttpd: typeof server = {
  ...server,
  step(kernel, process, frame) {
    if (parseOptions(process.argv.slice(1), OPTIONS).has('f')) return server.step(kernel, process, frame)
    kernel.spawn(server, process.argv, process, { pgid: 0 })
    return exit(0)
  },
}
