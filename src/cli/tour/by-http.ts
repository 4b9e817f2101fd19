import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Ask } from './script.ts'

/** The same requests that the docker CLI would send, for those who have none. */
export async function byHttp(asks: readonly Ask[], socketPath: string, print: (text: string) => void): Promise<void> {
  for (const [method, path, body] of asks) {
    const { status, type, bytes } = await ask(socketPath, method, path, body)
    print(`> ${method} ${path}${body ? ` ${JSON.stringify(body)}` : ''}\n${status} ${readable(bytes, type)}\n`)
  }
}

function ask(
  socketPath: string,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; type: string; bytes: Buffer }> {
  const json = body && JSON.stringify(body)
  const headers = json ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) } : {}
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, headers }, (response) => {
      const { statusCode: status = 0, headers: given } = response
      buffer(response).then((bytes) => resolve({ status, type: given['content-type'] ?? '', bytes }), reject)
    })
    asked.on('error', reject)
    asked.end(json)
  })
}

function readable(bytes: Buffer, type: string): string {
  return (type.includes('multiplexed') ? withoutFrames(bytes) : bytes).toString().trimEnd()
}

/** Each frame has a head of eight bytes; its last four are the length. */
function withoutFrames(bytes: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at + 8 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at + 4)
    parts.push(bytes.subarray(at + 8, end))
    at = end
  }
  return Buffer.concat(parts)
}
