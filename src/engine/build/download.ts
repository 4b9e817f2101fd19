import { Problem } from '../../core/problem.ts'
import { root } from '../../storage/caller.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { type Download, download, transferring, type Web } from '../web.ts'
import type { CopySource } from './copy-sources.ts'
import { stream } from './lines.ts'

export const isUrl = (text: string): boolean => /^https?:\/\//.test(text)

/** The name of what was named by nothing. */
const UNNAMED = '__unnamed__'

/** A file that ADD takes from a URL; what the stream tells of it goes to `lines`. moby: builder/dockerfile/copy.go downloadSource */
export function downloaded(web: Web, address: string, destination: string, lines: object[]): CopySource {
  const got = download(web, address)
  const name = nameOf(got)
  lines.push(...transferring('Downloading', got.body.length), stream('\n'))
  if (name === '' && destination.endsWith('/'))
    throw new Problem('System', `cannot determine filename for source ${address}`)
  const files = new FileSystem()
  const path = name || UNNAMED
  files.writeFile(root(modified(got.headers['last-modified'])), `/${path}`, got.body, 0o600)
  return { files, path, downloaded: true }
}

/** The last part of the URL's path, else what the server calls it. */
function nameOf({ url, headers }: Download): string {
  if (!url.pathname.endsWith('/')) return decodeURIComponent(url.pathname.slice(url.pathname.lastIndexOf('/') + 1))
  const [, quoted, plain] = /filename=(?:"([^"]*)"|([^;\s]+))/i.exec(headers['content-disposition'] ?? '') ?? []
  const name = quoted ?? plain ?? ''
  return name.endsWith('/') ? '' : name.slice(name.lastIndexOf('/') + 1)
}

/** Nanoseconds since the epoch; the epoch itself where the server does not say. */
function modified(header: string | undefined): bigint {
  const milliseconds = Date.parse(header ?? '')
  return Number.isNaN(milliseconds) || milliseconds < 0 ? 0n : BigInt(milliseconds) * 1_000_000n
}
