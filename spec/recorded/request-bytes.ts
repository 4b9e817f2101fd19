import { pack } from './tar.ts'
import type { RecordedRequest } from './transcript.ts'

/** The body that a recorded request carried, with this run's ids in its JSON. */
export async function requestBytes(
  { body }: RecordedRequest,
  translate: (text: string) => string,
): Promise<Uint8Array> {
  if (!body) return new Uint8Array()
  if (body.json !== undefined) return Buffer.from(translate(JSON.stringify(body.json)))
  if (body.text !== undefined) return Buffer.from(body.text)
  if (body.base64 !== undefined) return Buffer.from(body.base64, 'base64')
  return pack(body.tar ?? [])
}
