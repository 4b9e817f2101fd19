import { type HttpAnswer, type HttpRequest, statusText } from '../http.ts'
import { KERNEL_RELEASE } from '../kernel/host.ts'
import { PAUSE, type Program } from '../kernel/program.ts'
import { SIGNALS } from '../kernel/signals.ts'
import { entrypoint } from './entrypoint.ts'
import { accessTime, httpTime, slashTime } from './log-time.ts'
import { WELCOME } from './nginx-welcome.ts'
import { type Context, type LogLine, type Service, type Session, serviceProgram } from './server.ts'
import { NGINX_VERSION } from './versions.ts'
import { receiveHttp, serveFile, typeOf } from './web.ts'

const ROOT = '/usr/share/nginx/html'

const ENTRYPOINT_LOG = [
  '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
  '/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/',
  '/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh',
  '10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf',
  '10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf',
  '/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh',
  '/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh',
  '/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh',
  '/docker-entrypoint.sh: Configuration complete; ready for start up',
]

/** nginx logs errors, its starts among them, to standard error. */
const notice = (now: number, text: string): LogLine => ({ stream: 2, text: `${slashTime(now)} [notice] 1#1: ${text}` })

interface State {
  worker: number
}

const service: Service<State, null> = {
  name: 'nginx',
  boot({ kernel, process, now }) {
    if (process.argv.some((argument) => argument === '-v' || argument === '-V'))
      return { state: { worker: 0 }, log: [{ stream: 2, text: `nginx version: nginx/${NGINX_VERSION}` }], exit: 0 }
    if (process.argv.includes('-t')) return { state: { worker: 0 }, log: TESTED, exit: 0 }
    const worker = kernel.nextPid
    const workers = Array.from({ length: kernel.limits.cpus }, (_, at) =>
      notice(now, `start worker process ${worker + at}`),
    )
    return { state: { worker: 0 }, log: [...started(now), ...workers], ports: [portOf(process.env)] }
  },
  open: () => null,
  receive: (context, session, bytes) => receiveHttp(context, session, bytes, respond),
  tick(context) {
    if (context.state.worker === 0) startWorkers(context)
    return undefined
  },
  signals: {
    [SIGNALS.TERM]: ({ now }) => stop(now, 'signal 15 (SIGTERM) received from 0, exiting'),
    [SIGNALS.INT]: ({ now }) => stop(now, 'signal 2 (SIGINT) received, exiting'),
    [SIGNALS.QUIT]: ({ now }) => stop(now, 'signal 3 (SIGQUIT) received from 0, shutting down'),
    [SIGNALS.HUP]: ({ now }) => ({
      log: [notice(now, 'signal 1 (SIGHUP) received from 0, reconfiguring'), notice(now, 'reconfiguring')],
    }),
    [SIGNALS.USR1]: ({ now }) => ({ log: [notice(now, 'signal 10 (SIGUSR1) received from 0, reopening logs')] }),
    [SIGNALS.WINCH]: () => ({}),
    [SIGNALS.CHLD]: ({ kernel, process }) => {
      while (kernel.reap(process));
      return {}
    },
  },
}

const TESTED: LogLine[] = [
  { stream: 2, text: 'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok' },
  { stream: 2, text: 'nginx: configuration file /etc/nginx/nginx.conf test is successful' },
]

const portOf = (env: ReadonlyMap<string, string>) => Number(env.get('NGINX_PORT') ?? 80) || 80

function started(now: number): LogLine[] {
  return [
    notice(now, 'using the "epoll" event method'),
    notice(now, `nginx/${NGINX_VERSION}`),
    notice(now, 'built by gcc 12.2.0 (Debian 12.2.0-14) '),
    notice(now, `OS: Linux ${KERNEL_RELEASE}`),
    notice(now, 'getrlimit(RLIMIT_NOFILE): 1048576:1048576'),
    notice(now, 'start worker processes'),
  ]
}

function startWorkers({ kernel, process, state }: Context<State>): void {
  process.argv = ['nginx: master process nginx -g daemon off;']
  for (let at = 0; at < kernel.limits.cpus; at++)
    state.worker = kernel.spawn(worker, ['nginx: worker process'], process, { fds: [] }).pid
}

/** Only to be seen in `docker top`: the master serves. */
const worker: Program<null> = { name: 'nginx-worker', init: () => null, step: () => PAUSE }

const stop = (now: number, text: string) => ({
  log: [notice(now, text), notice(now, 'exiting'), notice(now, 'exit')],
  exit: 0,
})

function respond(context: Context<State>, request: HttpRequest, { socket }: Session<unknown>): HttpAnswer {
  const answer = answerTo(context, request)
  const size = typeof answer.body === 'string' || !answer.body ? (answer.body ?? '').length : answer.body.length
  const { status = 200 } = answer
  const header = (name: string) => request.headers.get(name) ?? '-'
  context.log(
    `${socket.remote.host} - - [${accessTime(context.now)}] "${request.method} ${request.target} HTTP/1.1" ${status} ` +
      `${request.method === 'HEAD' ? 0 : size} "${header('referer')}" "${header('user-agent')}" "${header('x-forwarded-for')}"`,
  )
  return { ...answer, headers: headersOf(context.now, request, answer) }
}

function headersOf(now: number, { keepAlive }: HttpRequest, { headers = {} }: HttpAnswer): Record<string, string> {
  return {
    Server: `nginx/${NGINX_VERSION}`,
    Date: httpTime(now),
    'Content-Type': 'text/html',
    ...headers,
    Connection: keepAlive ? 'keep-alive' : 'close',
  }
}

function answerTo({ kernel, process, now }: Context<State>, request: HttpRequest): HttpAnswer {
  if (request.method !== 'GET' && request.method !== 'HEAD') return errorPage(405)
  const served = serveFile(kernel, process, ROOT, request.path)
  if (served.kind === 'file') {
    const seconds = Math.floor(Number(served.mtime / 1_000_000_000n))
    const headers = {
      'Content-Type': typeOf(served.path),
      'Last-Modified': httpTime(seconds * 1_000_000),
      ETag: `"${seconds.toString(16)}-${served.bytes.length.toString(16)}"`,
      'Accept-Ranges': 'bytes',
    }
    if (request.headers.get('if-none-match') === headers.ETag) return { status: 304, headers }
    return { status: 200, body: served.bytes, headers }
  }
  if (served.kind === 'directory') return errorPage(301, { Location: `${request.path}/` })
  if (request.path === '/' && served.kind === 'missing')
    return { body: WELCOME, headers: { 'Last-Modified': httpTime(now), 'Accept-Ranges': 'bytes' } }
  return errorPage(served.kind === 'forbidden' ? 403 : 404)
}

function errorPage(status: number, headers: Record<string, string> = {}): HttpAnswer {
  const words = status === 405 ? 'Not Allowed' : statusText(status)
  const body = `<html>\r\n<head><title>${status} ${words}</title></head>\r\n<body>\r\n<center><h1>${status} ${words}</h1></center>\r\n<hr><center>nginx/${NGINX_VERSION}</center>\r\n</body>\r\n</html>\r\n`
  return { status, headers, body }
}

export const nginx: Program = serviceProgram(service)

/** /docker-entrypoint.sh of the image: tells what it does when it starts nginx, then becomes its arguments. */
export const nginxEntrypoint: Program = entrypoint('nginx-entrypoint', {
  log: ([command]) => (command === 'nginx' || command === 'nginx-debug' ? ENTRYPOINT_LOG : []),
})
