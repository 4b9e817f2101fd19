/** 0 stdin, 1 stdout, 2 stderr, 3 an error of the daemon. */
export type StreamId = 0 | 1 | 2 | 3

/** One frame: `[stream, 0, 0, 0, length as u32 big-endian]` and the payload. moby: pkg/stdcopy */
export function frame(stream: StreamId, payload: Uint8Array): Uint8Array {
  const out = new Uint8Array(8 + payload.length)
  out[0] = stream
  new DataView(out.buffer).setUint32(4, payload.length)
  out.set(payload, 8)
  return out
}
