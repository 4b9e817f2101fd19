import type { Duplex } from 'node:stream'

/** The first `length` bytes of `head` and what follows it on the socket, and what was read beyond them. */
export function untilLength(
  socket: Duplex,
  head: Buffer,
  length: number,
  give: (body: Buffer, rest: Buffer) => void,
): void {
  if (head.length >= length) {
    give(head.subarray(0, length), head.subarray(length))
    return
  }
  const parts = [head]
  let size = head.length
  const take = (part: Buffer) => {
    parts.push(part)
    size += part.length
    if (size < length) return
    socket.off('data', take)
    socket.pause()
    const whole = Buffer.concat(parts)
    give(whole.subarray(0, length), whole.subarray(length))
  }
  socket.on('data', take)
}
