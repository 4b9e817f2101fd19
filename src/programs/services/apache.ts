import type { HttpAnswer, HttpRequest } from '../http.ts'
import { statusText } from '../http.ts'
import type { Program } from '../kernel/program.ts'
import { SIGNALS } from '../kernel/signals.ts'
import { entrypoint } from './entrypoint.ts'
import { accessTime, httpTime, partsOf } from './log-time.ts'
import { type Context, type LogLine, type Service, type Session, serviceProgram } from './server.ts'
import { receiveHttp, serveFile, typeOf } from './web.ts'

const VERSION = '2.4.63'
const ROOT = '/usr/local/apache2/htdocs'
const IT_WORKS = '<html><body><h1>It works!</h1></body></html>\n'

function line(now: number, module: string, code: string, text: string): LogLine {
  const { dayName, monthName, day, hour, minute, second, microsecond, year } = partsOf(now)
  const stamp = `${dayName} ${monthName} ${day} ${hour}:${minute}:${second}.${microsecond} ${year}`
  return { stream: 2, text: `[${stamp}] [${module}:notice] [pid 1:tid 1] ${code}: ${text}` }
}

function nameWarning(address: string): LogLine {
  return {
    stream: 2,
    text: `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${address}. Set the 'ServerName' directive globally to suppress this message`,
  }
}

const service: Service<null, null> = {
  name: 'apache',
  boot({ kernel, process, now }) {
    if (process.argv.includes('-v'))
      return { state: null, log: [{ text: `Server version: Apache/${VERSION} (Unix)` }], exit: 0 }
    const warning = nameWarning(kernel.addresses[0] ?? '127.0.0.1')
    return {
      state: null,
      log: [
        warning,
        warning,
        line(now, 'mpm_event', 'AH00489', `Apache/${VERSION} (Unix) configured -- resuming normal operations`),
        line(now, 'core', 'AH00094', "Command line: 'httpd -D FOREGROUND'"),
      ],
      ports: [80],
    }
  },
  open: () => null,
  receive: (context, session, bytes) => receiveHttp(context, session, bytes, respond),
  signals: {
    [SIGNALS.TERM]: ({ now }) => ({
      log: [line(now, 'mpm_event', 'AH00491', 'caught SIGTERM, shutting down')],
      exit: 0,
    }),
    [SIGNALS.WINCH]: ({ now }) => ({
      log: [line(now, 'mpm_event', 'AH00492', 'caught SIGWINCH, shutting down gracefully')],
      exit: 0,
    }),
    [SIGNALS.USR1]: () => ({}),
    [SIGNALS.HUP]: () => ({}),
  },
}

function respond(context: Context<null>, request: HttpRequest, { socket }: Session<unknown>): HttpAnswer {
  const answer = answerTo(context, request)
  const size = answer.body?.length ?? 0
  context.log(
    `${socket.remote.host} - - [${accessTime(context.now)}] "${request.method} ${request.target} HTTP/1.1" ${answer.status ?? 200} ${size}`,
  )
  const headers = { Date: httpTime(context.now), Server: `Apache/${VERSION} (Unix)`, ...answer.headers }
  return { ...answer, headers: request.keepAlive ? headers : { ...headers, Connection: 'close' } }
}

function answerTo({ kernel, process }: Context<null>, request: HttpRequest): HttpAnswer {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return errorPage(405, 'The requested method is not allowed for this URL.')
  const served = serveFile(kernel, process, ROOT, request.path)
  if (served.kind === 'file') {
    const modified = httpTime(Number(served.mtime / 1000n))
    return {
      body: served.bytes,
      headers: { 'Last-Modified': modified, 'Accept-Ranges': 'bytes', 'Content-Type': typeOf(served.path) },
    }
  }
  if (served.kind === 'directory') return { ...errorPage(301, ''), headers: { Location: `${request.path}/` } }
  if (served.kind === 'missing' && request.path === '/')
    return { body: IT_WORKS, headers: { 'Content-Type': 'text/html' } }
  if (served.kind === 'forbidden') return errorPage(403, "You don't have permission to access this resource.")
  return errorPage(404, 'The requested URL was not found on this server.')
}

function errorPage(status: number, words: string): HttpAnswer {
  const title = `${status} ${statusText(status)}`
  const body = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${title}</title>\n</head><body>\n<h1>${statusText(status)}</h1>\n<p>${words}</p>\n</body></html>\n`
  return { status, body, headers: { 'Content-Type': 'text/html; charset=iso-8859-1' } }
}

export const apache: Program = serviceProgram(service)

/** The command of the image. */
export const apacheForeground: Program = entrypoint('httpd-foreground', {
  argv: (given) => ['httpd', '-DFOREGROUND', ...given],
})
