import { CallError } from '../kernel/errno.ts'
import type { Calls } from '../user/call.ts'
import type { Sys } from '../user/sys.ts'

/** A connection to a name; why not, when there is none. */
export type Reached =
  | { readonly fd: number; readonly address: string }
  | { readonly failed: 'name' }
  | { readonly failed: 'refused' | 'unreachable'; readonly address: string }

export function* reach(sys: Sys, host: string, port: number): Calls<Reached> {
  const [address] = yield* sys.resolve(host)
  if (address === undefined) return { failed: 'name' }
  try {
    return { fd: yield* sys.connect(address, port), address }
  } catch (error) {
    const refused = error instanceof CallError && error.code === 'ECONNREFUSED'
    return { failed: refused ? 'refused' : 'unreachable', address }
  }
}

/** strerror of a failed connection. */
export const words = (failed: 'refused' | 'unreachable'): string =>
  failed === 'refused' ? 'Connection refused' : 'No route to host'
