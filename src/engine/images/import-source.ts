import { Problem } from '../../core/problem.ts'
import { download, transferring, type Web } from '../web.ts'

/** An archive that an import takes from a URL. */
export interface ImportSource {
  readonly archive: Uint8Array
  /** The comment of the image, where none is given. */
  readonly message: string
  /** What the stream tells before the image's id. */
  readonly lines: readonly object[]
}

/** Without a scheme it is meant for HTTP. moby: api/server/router/image postImagesCreate */
export function importSource(web: Web, source: string): ImportSource {
  const url = source.includes('://') ? source : `http://${source}`
  if (!/^[a-z]+:\/\/[^/]/i.test(url)) throw new Problem('System', 'Get "http:": http: no Host in request URL')
  const { body } = download(web, url)
  const lines = [{ status: `Downloading from ${url}` }, ...transferring('Importing', body.length)]
  return { archive: body, message: `Imported from ${url}`, lines }
}
