import { expect } from 'vitest'
import { createWavetank, type Wavetank, type WavetankOptions } from '../../../src/runtime/wavetank.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { tarEntry } from '../../../src/storage/tar/tar-entry.ts'

/** A message of the stream of a build. */
export interface Line {
  readonly stream?: string
  readonly status?: string
  readonly id?: string
  readonly progress?: string
  readonly error?: string
  readonly errorDetail?: { readonly code?: number; readonly message: string }
  readonly aux?: { readonly ID: string }
}

const utf8 = (text: string | Uint8Array) => (typeof text === 'string' ? new TextEncoder().encode(text) : text)

export const contextOf = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array<ArrayBuffer> =>
  new Uint8Array(encode(Object.entries(files).map(([name, text]) => tarEntry({ name, body: utf8(text) }))))

/** A tank that is asked to build. */
export class Builder {
  readonly tank: Wavetank

  constructor(options: WavetankOptions = {}) {
    this.tank = createWavetank(options)
  }

  post(
    query: string,
    files: Readonly<Record<string, string | Uint8Array>>,
    headers: Readonly<Record<string, string>> = {},
    version = 'v1.51',
  ): Promise<Response> {
    return this.tank.fetch(
      new Request(`http://docker/${version}/build?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-tar', ...headers },
        body: contextOf(files),
      }),
    )
  }

  async build(query: string, dockerfile: string, files: Readonly<Record<string, string | Uint8Array>> = {}) {
    return linesOf(await this.post(query, { Dockerfile: dockerfile, ...files }))
  }

  get(path: string): Promise<Response> {
    return this.tank.fetch(new Request(`http://docker/${path}`))
  }

  file(image: string, path: string): string {
    return this.tank.image(image).fs.readFileSync(path, 'utf8') as string
  }
}

export async function linesOf(response: Response): Promise<Line[]> {
  expect(response.status).toBe(200)
  return (await response.text())
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

/** What a person reads, identities left out. */
export const textOf = (lines: readonly Line[]): string =>
  lines.map(({ stream = '', error = '' }) => stream + error).join('')

export const anonymous = (text: string): string => text.replace(/\b[0-9a-f]{12}\b/g, '<id>')

export const idOf = (lines: readonly Line[]): string | undefined => lines.findLast(({ aux }) => aux)?.aux?.ID
