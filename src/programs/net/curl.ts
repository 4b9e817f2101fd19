import { utf8 } from '../kernel/bytes.ts'
import type { Calls } from '../user/call.ts'
import type { Sys } from '../user/sys.ts'
import { userProgram } from '../user/user-program.ts'
import { authority, base64, exchange, parseUrl, type Response, redirected, type Url } from './http-client.ts'
import { type Options, parseOptions } from './options.ts'
import { reach } from './reach.ts'

const LONG = {
  silent: 's',
  'show-error': 'S',
  fail: 'f',
  output: 'o',
  'remote-name': 'O',
  head: 'I',
  include: 'i',
  request: 'X',
  data: 'd',
  'data-raw': 'd',
  'data-binary': 'd',
  json: 'j',
  header: 'H',
  'write-out': 'w',
  location: 'L',
  insecure: 'k',
  user: 'u',
  'user-agent': 'A',
  'max-time': 'm',
  'connect-timeout': 'c',
  retry: 'r',
  verbose: 'v',
  version: 'V',
  get: 'G',
}
const REDIRECTS = 50
const METER = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed`

/** curl, for HTTP. */
export const curl = userProgram('curl', function* (sys) {
  const options = parseOptions(sys.args, 'sSfo:OIiX:d:j:H:w:Lku:A:m:c:r:vVG', LONG)
  if (options.unknown) {
    yield sys.error(`curl: option ${options.unknown}: is unknown\ncurl: try 'curl --help' for more information`)
    return 2
  }
  if (options.has('V')) {
    yield sys.print('curl 8.9.1 (x86_64-alpine-linux-musl) libcurl/8.9.1')
    return 0
  }
  if (options.words.length === 0) {
    yield sys.error("curl: (2) no URL specified\ncurl: try 'curl --help' for more information")
    return 2
  }
  let code = 0
  for (const address of options.words) code = yield* transfer(sys, options, address)
  return code
})

function* fail(sys: Sys, options: Options, code: number, why: string): Calls<number> {
  if (!options.has('s') || options.has('S')) yield sys.error(`curl: (${code}) ${why}`)
  return code
}

function* transfer(sys: Sys, options: Options, address: string): Calls<number> {
  let url = parseUrl(address)
  for (let hop = 0; ; hop++) {
    if (!url?.host) return yield* fail(sys, options, 3, 'URL rejected: No host part in the URL')
    if (url.scheme !== 'http' && url.scheme !== 'https')
      return yield* fail(sys, options, 1, `Protocol "${url.scheme}" not supported`)
    const answer = yield* ask(sys, options, url)
    if (typeof answer === 'number') return answer
    const location = answer.headers.get('location')
    const follows = options.has('L') && location !== undefined && answer.status >= 300 && answer.status < 400
    if (!follows) return yield* finish(sys, options, url, answer)
    if (hop >= REDIRECTS) return yield* fail(sys, options, 47, `Maximum (${REDIRECTS}) redirects followed`)
    url = parseUrl(redirected(url, location))
  }
}

function methodOf(options: Options): string {
  if (options.has('X')) return options.get('X')!
  if (options.has('I')) return 'HEAD'
  return options.has('d') || options.has('j') ? 'POST' : 'GET'
}

function* ask(sys: Sys, options: Options, url: Url): Calls<Response | number> {
  const reached = yield* reach(sys, url.host, url.port)
  if ('failed' in reached) {
    if (reached.failed === 'name') return yield* fail(sys, options, 6, `Could not resolve host: ${url.host}`)
    return yield* fail(
      sys,
      options,
      7,
      `Failed to connect to ${url.host} port ${url.port} after 0 ms: Could not connect to server`,
    )
  }
  // There is no TLS in the tank.
  if (url.scheme === 'https') return yield* fail(sys, options, 35, 'TLS connect error: Connection reset by peer')
  const body = yield* bodyOf(sys, options)
  const headers = headersOf(options, url, body)
  const method = methodOf(options)
  if (options.has('v'))
    yield sys.error(
      [
        `*   Trying ${reached.address}:${url.port}...`,
        ...[`${method} ${url.target} HTTP/1.1`, ...headers, ''].map((line) => `> ${line}`),
      ].join('\n'),
    )
  const answer = yield* exchange(sys, reached.fd, { method, target: url.target, headers, body })
  yield sys.close(reached.fd)
  return answer ?? (yield* fail(sys, options, 52, 'Empty reply from server'))
}

function* bodyOf(sys: Sys, options: Options): Calls<Uint8Array | undefined> {
  const parts: string[] = []
  for (const data of [...options.all('d'), ...options.all('j')])
    parts.push(data.startsWith('@') ? yield* sys.readFile(data === '@-' ? '/dev/stdin' : data.slice(1)) : data)
  return parts.length === 0 ? undefined : utf8(parts.join('&'))
}

function headersOf(options: Options, url: Url, body: Uint8Array | undefined): string[] {
  const own = options.all('H')
  const given = (name: string) => own.some((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  const user = options.get('u') ?? url.user
  const type = options.has('j') ? 'application/json' : 'application/x-www-form-urlencoded'
  const standard: [string, string | undefined][] = [
    ['Host', authority(url)],
    ['Authorization', user === undefined ? undefined : `Basic ${base64(user)}`],
    ['User-Agent', options.get('A') ?? 'curl/8.9.1'],
    ['Accept', options.has('j') ? 'application/json' : '*/*'],
    ['Content-Type', body ? type : undefined],
    ['Content-Length', body ? String(body.length) : undefined],
  ]
  return [
    ...standard.flatMap(([name, value]) => (value === undefined || given(name) ? [] : [`${name}: ${value}`])),
    ...own,
  ]
}

function* finish(sys: Sys, options: Options, url: Url, answer: Response): Calls<number> {
  if (options.has('v'))
    yield sys.error(
      answer.head
        .trimEnd()
        .split('\r\n')
        .map((line) => `< ${line}`)
        .join('\n'),
    )
  if (options.has('f') && answer.status >= 400) {
    yield* writeOut(sys, options, url, answer)
    return yield* fail(sys, options, 22, `The requested URL returned error: ${answer.status}`)
  }
  const file = options.get('o') ?? (options.has('O') ? url.target.split('?')[0]!.replace(/^.*\//, '') : '-')
  const shown = options.has('I') || options.has('i') ? answer.head : ''
  const size = answer.body.length
  if (!options.has('s') && (file !== '-' || !(yield* sys.terminal())))
    yield sys.error(
      `${METER}\n100 ${String(size).padStart(5)}  100 ${String(size).padStart(5)}    0     0      0      0 --:--:-- --:--:-- --:--:--     0`,
    )
  if (shown) yield* sys.write(shown)
  if (file === '-') yield* sys.write(answer.body)
  else yield* sys.writeFile(file, answer.body)
  yield* writeOut(sys, options, url, answer)
  return 0
}

function* writeOut(sys: Sys, options: Options, url: Url, answer: Response): Calls<void> {
  const format = options.get('w')
  if (format === undefined) return
  const values: Readonly<Record<string, string>> = {
    http_code: String(answer.status).padStart(3, '0'),
    response_code: String(answer.status).padStart(3, '0'),
    content_type: answer.headers.get('content-type') ?? '',
    size_download: String(answer.body.length),
    url_effective: `${url.scheme}://${authority(url)}${url.target}`,
    time_total: '0.000000',
    num_redirects: '0',
  }
  const text = format
    .replace(/%\{(\w+)\}/g, (_, name) => values[name] ?? '')
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
  yield* sys.write(text)
}
