import { list } from './tar.ts'
import type { Exchange } from './target.ts'
import type { Json, RecordedResponse, TarMember } from './transcript.ts'
import { header } from './transcript.ts'

/** An answer as the comparison sees it; the recorded one and the actual one are read in the same way. */
export interface Answer {
  readonly status: number
  readonly type: string | undefined
  readonly json?: Json
  readonly lines?: readonly Json[]
  readonly text?: string
  /** `text` has one character per byte. */
  readonly binary?: boolean
  readonly frames?: readonly (readonly [string, string])[]
  readonly tar?: readonly TarMember[]
  readonly pathStat?: Json
  /** The connection stayed open until the replay closed it. */
  readonly open: boolean
}

export const recordedAnswer = (response: RecordedResponse): Answer => ({
  status: response.status,
  type: header(response.headers, 'content-type'),
  open: response.closedByClient ?? false,
  ...('json' in response ? { json: response.json! } : {}),
  ...(response.text !== undefined ? jsonOrText(response.text) : {}),
  ...(response.frames ? { frames: response.frames } : {}),
  ...(response.tar ? { tar: response.tar } : {}),
  ...(isBinary(response) ? bytes(Buffer.from(response.base64!, 'base64')) : {}),
  ...pathStat(response.headers),
})

function bytes(body: Buffer): Partial<Answer> {
  const frames = demultiplex(body)
  return frames ? { frames } : { text: body.toString('latin1'), binary: true }
}

/** The recorder took a lone `null` for a text. */
function jsonOrText(text: string): Partial<Answer> {
  if (text.trim() === 'null') return { json: null }
  // Frames under another content type stand there as text.
  const frames = /^[\0-\x03]\0\0\0/.test(text) ? demultiplex(Buffer.from(text)) : undefined
  return frames ? { frames } : textual(text)
}

const isBinary = ({ base64, frames, tar }: RecordedResponse) => base64 !== undefined && !frames && !tar

/** The actual answer in the form of the recorded one where it fits that form, else in whatever form it has. */
export async function actualAnswer(exchange: Exchange, like: Answer, open: boolean): Promise<Answer> {
  const { head, body } = exchange
  const common = {
    status: head?.status ?? 0,
    type: head && header(head.headers, 'content-type'),
    open,
    ...pathStat(head?.headers ?? []),
  }
  if (body.length === 0) return common
  if (like.frames) {
    const frames = demultiplex(body)
    if (frames) return { ...common, frames }
  }
  if (like.tar) {
    const tar = await list(body)
    if (tar && tar.length > 0) return { ...common, tar }
  }
  if (like.binary) return { ...common, text: Buffer.from(body).toString('latin1'), binary: true }
  const text = Buffer.from(body).toString('utf8')
  const json = parse(text)
  return json !== undefined && !like.lines ? { ...common, json } : { ...common, ...textual(text) }
}

function textual(text: string): Pick<Answer, 'text' | 'lines'> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const parsed = lines.map(parse)
  if (lines.length > 0 && parsed.every((line) => typeof line === 'object' && line !== null))
    return { text, lines: parsed as Json[] }
  return { text }
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const STREAMS = ['stdin', 'stdout', 'stderr', 'systemerr']

/** Undefined where the bytes are not whole frames. */
function demultiplex(body: Uint8Array): [string, string][] | undefined {
  const bytes = Buffer.from(body)
  const frames: [string, string][] = []
  for (let at = 0; at < bytes.length; ) {
    const stream = STREAMS[bytes[at]!]
    if (stream === undefined || at + 8 > bytes.length) return undefined
    const length = bytes.readUInt32BE(at + 4)
    if (at + 8 + length > bytes.length) return undefined
    frames.push([stream, bytes.subarray(at + 8, at + 8 + length).toString('utf8')])
    at += 8 + length
  }
  return frames
}

function pathStat(headers: RecordedResponse['headers']): { pathStat?: Json } {
  const value = header(headers, 'x-docker-container-path-stat')
  const json = value === undefined ? undefined : parse(Buffer.from(value, 'base64').toString('utf8'))
  return json === undefined ? {} : { pathStat: json }
}
