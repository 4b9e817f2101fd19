import { FileError } from '../../storage/file-error.ts'
import { contents, isDirectory, isFile } from '../../storage/inode.ts'
import { type HttpAnswer, type HttpRequest, httpBytes, parseRequest } from '../http.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import type { Context, Session } from './server.ts'

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'application/javascript',
  json: 'application/json',
  txt: 'text/plain',
  xml: 'text/xml',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  ico: 'image/x-icon',
  wasm: 'application/wasm',
}

export function typeOf(path: string): string {
  return TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
}

/** A file below a document root. */
export type Served =
  | { readonly kind: 'file'; readonly path: string; readonly bytes: Uint8Array; readonly mtime: bigint }
  | { readonly kind: 'directory' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'missing' }

/** What lies at a URL's path below `root`, `index.html` for a directory. */
export function serveFile(kernel: Kernel, process: Process, root: string, urlPath: string): Served {
  const path = decode(urlPath)
  if (path === undefined || path.split('/').includes('..')) return { kind: 'missing' }
  try {
    const { namespace } = kernel
    const caller = kernel.caller(process)
    const full = `${root}${path}`
    const node = namespace.stat(caller, full)
    if (isDirectory(node)) {
      if (!path.endsWith('/')) return { kind: 'directory' }
      const index = serveFile(kernel, process, root, `${urlPath}index.html`)
      return index.kind === 'missing' ? { kind: 'forbidden' } : index
    }
    if (!isFile(node)) return { kind: 'forbidden' }
    namespace.access(caller, full, 4)
    return { kind: 'file', path: full, bytes: contents(node).slice(), mtime: node.mtime }
  } catch (error) {
    if (error instanceof FileError) return { kind: error.code === 'EACCES' ? 'forbidden' : 'missing' }
    throw error
  }
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** Answers all whole requests in `bytes`; gives the rest. */
export function receiveHttp<State>(
  context: Context<State>,
  session: Session<unknown>,
  bytes: Uint8Array,
  respond: (context: Context<State>, request: HttpRequest, session: Session<unknown>) => HttpAnswer,
): Uint8Array {
  let rest = bytes
  for (let parsed = parseRequest(rest); parsed; parsed = parseRequest(rest)) {
    const { request } = parsed
    session.send(httpBytes(respond(context, request, session), request.method))
    rest = parsed.rest
    if (request.keepAlive) continue
    session.close()
    break
  }
  return rest
}
