import { Problem } from '../core/problem.ts'
import { progressing } from '../http/progress.ts'
import { unreachable } from './distribution/errors.ts'

/** What stands at a URL of the emulated world. */
interface Page {
  /** Default 200. */
  readonly status?: number
  /** Names in any case; `Last-Modified`, `Content-Type`, `Location` and `Content-Disposition` are looked at. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** URLs that the world serves beside its registries: a text, bytes, or a whole answer. */
export type Web = Readonly<Record<string, Page | string | Uint8Array>>

/** A download that went well. */
export interface Download {
  /** Where redirects led. */
  readonly url: URL
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** How much is there when the daemon first tells of it. */
const FIRST = 32_768

/** What a stream tells of a download. `status`: `Downloading`, `Importing` */
export function transferring(status: string, total: number): object[] {
  const line = (current: number) => {
    const { id: _, ...told } = progressing(status, '', current, total)
    return told
  }
  return total > FIRST ? [line(FIRST), line(total)] : [line(total)]
}

const REDIRECTS = 10
const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}
const KINDS = { 400: 'InvalidParameter', 401: 'Unauthorized', 403: 'Forbidden', 404: 'NotFound' } as const

/**
 * Asks the emulated world for a URL; whatever it does not serve is out of reach. moby: remotecontext.GetWithStatusError
 * @throws Problem of what the server answered, or of an unreachable network.
 */
export function download(web: Web, address: string): Download {
  let url = address
  for (let hop = 0; ; hop++) {
    const page = pageAt(web, url)
    if (!page) throw unreachable('GET', url)
    const { status = 200, headers = {}, body = '' } = page
    const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
    if (status >= 300 && status < 400 && named.location !== undefined) {
      if (hop >= REDIRECTS)
        throw new Problem('System', `Get ${JSON.stringify(named.location)}: stopped after ${REDIRECTS} redirects`)
      url = new URL(named.location, url).href
      continue
    }
    if (status >= 400) throw refused(address, status, bytes)
    return { url: new URL(url), headers: named, body: bytes }
  }
}

function pageAt(web: Web, address: string): Page | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined
  // A fragment is never sent.
  const plain = url?.href.slice(0, url.href.length - url.hash.length)
  const found =
    web[address] ?? Object.entries(web).find(([key]) => URL.canParse(key) && new URL(key).href === plain)?.[1]
  if (found === undefined) return undefined
  return typeof found === 'string' || found instanceof Uint8Array ? { body: found } : found
}

function refused(address: string, status: number, body: Uint8Array): Problem {
  const said = new TextDecoder().decode(body).trim()
  const reason = `${status} ${REASONS[status] ?? ''}`.trim()
  return new Problem(
    KINDS[status as keyof typeof KINDS] ?? 'System',
    `failed to GET ${address} with status ${reason}: ${said}`,
  )
}
