import { utf8 } from '../kernel/bytes.ts'
import type { Calls } from '../user/call.ts'
import type { Sys } from '../user/sys.ts'
import { userProgram } from '../user/user-program.ts'
import { authority, base64, exchange, parseUrl, type Response, redirected, type Url } from './http-client.ts'
import { type Options, parseOptions } from './options.ts'
import { reach, words } from './reach.ts'

const LONG = {
  header: 'H',
  'post-data': 'D',
  'post-file': 'F',
  quiet: 'q',
  'output-document': 'O',
  'directory-prefix': 'P',
  'user-agent': 'U',
  timeout: 'T',
  spider: 's',
  continue: 'c',
  'server-response': 'S',
  'no-check-certificate': 'k',
  tries: 't',
  proxy: 'Y',
}
const REDIRECTS = 5

/** wget of busybox. */
export const wget = userProgram('wget', function* (sys) {
  const options = parseOptions(sys.args, 'cqST:O:o:P:U:Y:t:H:D:F:sk', LONG)
  const [given] = options.words
  if (given === undefined || options.unknown) {
    yield sys.error('BusyBox v1.36.1 multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] URL...')
    return 1
  }
  for (const address of options.words) {
    const code = yield* download(sys, options, address)
    if (code !== 0) return code
  }
  return 0
})

function* download(sys: Sys, options: Options, address: string): Calls<number> {
  let url = parseUrl(address)
  for (let hop = 0; ; hop++) {
    if (!url || (url.scheme !== 'http' && url.scheme !== 'https'))
      return yield* die(sys, `not an http or ftp url: ${address}`)
    const answer = yield* ask(sys, options, url)
    if (typeof answer === 'number') return answer
    if (options.has('S')) for (const line of answer.head.trimEnd().split('\r\n')) yield sys.error(`  ${line}`)
    const location = answer.headers.get('location')
    if (answer.status < 300 || answer.status >= 400 || location === undefined)
      return yield* finish(sys, options, url, answer)
    if (hop >= REDIRECTS) return yield* die(sys, 'too many redirections')
    url = parseUrl(redirected(url, location))
  }
}

function* die(sys: Sys, why: string): Calls<number> {
  yield sys.error(`wget: ${why}`)
  return 1
}

function* ask(sys: Sys, options: Options, url: Url): Calls<Response | number> {
  const reached = yield* reach(sys, url.host, url.port)
  if ('failed' in reached && reached.failed === 'name') return yield* die(sys, `bad address '${url.host}'`)
  if (!options.has('q')) yield sys.error(`Connecting to ${authority(url)} (${reached.address}:${url.port})`)
  if ('failed' in reached)
    return yield* die(sys, `can't connect to remote host (${reached.address}): ${words(reached.failed)}`)
  // There is no TLS in the tank.
  if (url.scheme === 'https') return yield* die(sys, `error getting response: Connection reset by peer`)
  const post = options.get('D') ?? (options.has('F') ? yield* sys.readFile(options.get('F')!) : undefined)
  const body = post === undefined ? undefined : utf8(post)
  const headers = [
    `Host: ${authority(url)}`,
    `User-Agent: ${options.get('U') ?? 'Wget'}`,
    'Connection: close',
    ...(url.user ? [`Authorization: Basic ${base64(url.user)}`] : []),
    ...(body ? [`Content-Length: ${body.length}`, 'Content-Type: application/x-www-form-urlencoded'] : []),
    ...options.all('H'),
  ]
  const method = body ? 'POST' : options.has('s') ? 'HEAD' : 'GET'
  const answer = yield* exchange(sys, reached.fd, { method, target: url.target, headers, body })
  yield sys.close(reached.fd)
  return answer ?? (yield* die(sys, 'error getting response'))
}

function* finish(sys: Sys, options: Options, url: Url, answer: Response): Calls<number> {
  if (answer.status < 200 || answer.status >= 300) return yield* die(sys, `server returned error: ${answer.line}`)
  if (options.has('s')) {
    if (!options.has('q')) yield sys.error('remote file exists')
    return 0
  }
  const name = options.get('O') ?? `${options.has('P') ? `${options.get('P')}/` : ''}${fileOf(url)}`
  const quiet = options.has('q')
  if (name === '-') {
    if (!quiet) yield sys.error('writing to stdout')
    yield* sys.write(answer.body)
    if (!quiet) yield sys.error(`${bar('-', answer.body.length)}\nwritten to stdout`)
    return 0
  }
  // As busybox: an output file that was not asked for is never overwritten.
  if (!options.has('O') && (yield* sys.exists(name))) return yield* die(sys, `can't open '${name}': File exists`)
  if (!quiet) yield sys.error(`saving to '${name}'`)
  yield sys.writeFile(name, answer.body)
  if (!quiet) yield sys.error(`${bar(name, answer.body.length)}\n'${name}' saved`)
  return 0
}

const fileOf = ({ target }: Url): string => target.split('?')[0]!.replace(/^.*\//, '') || 'index.html'

function bar(name: string, size: number): string {
  const short = name.slice(0, 20).padEnd(20)
  return `${short} 100% |${'*'.repeat(32)}| ${String(size).padStart(5)}  0:00:00 ETA`
}
