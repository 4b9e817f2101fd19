import type { Door } from './wavetank.ts'

/** A native Request through the plain-data door, and its answer as a native Response. */
export async function respond(_door: Door, _request: Request): Promise<Response> {
  throw new Error('not built')
}
