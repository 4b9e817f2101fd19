import { connect, type Socket } from 'node:net'
import type { Shot } from './shots.ts'

export interface Answered {
  readonly status: number
  readonly body: string
}

const HEAD = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n[\s\S]*?\r\n\r\n/

/**
 * Sends a request and reads the whole answer of a refusal; of anything else the head, and then the client leaves.
 * Status 0: the connection ended without an answer.
 */
export function shoot(socketPath: string, { bytes, frames }: Shot, read = 400): Promise<Answered> {
  return new Promise((resolve) => {
    const socket = connect(socketPath)
    let received = ''
    const answered = () => {
      const head = HEAD.exec(received)
      return { status: Number(head?.[1] ?? 0), body: received.slice(head?.[0].length ?? 0) }
    }
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      received += text
      const { status } = answered()
      if (status === 0 || status >= read) return
      leave(socket, frames)
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answered()))
    socket.write(bytes)
    if (!frames) socket.end()
  })
}

function leave(socket: Socket, frames: Uint8Array | undefined): void {
  if (frames && frames.length > 0) socket.write(frames, () => socket.destroy())
  else socket.destroy()
}
