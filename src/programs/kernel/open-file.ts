import type { Handle } from '../../storage/mount-namespace.ts'
import type { Listener } from './listener.ts'
import type { Pipe } from './pipe.ts'
import type { Socket } from './socket.ts'
import type { Tty } from './tty.ts'

/** What a descriptor points to; `dup`, fork and exec share it, and `refs` counts them. */
export type OpenFile = { refs: number } & (
  | {
      readonly kind: 'file'
      readonly at: Handle
      readonly path: string
      pos: number
      readonly append: boolean
      readonly access: Access
    }
  | { readonly kind: 'directory'; readonly at: Handle; readonly path: string }
  /** A file that the machine makes up when it is opened, as those of /proc. */
  | { readonly kind: 'text'; readonly path: string; readonly bytes: Uint8Array; pos: number }
  | { readonly kind: 'device'; readonly device: Device }
  | { readonly kind: 'pipe-read'; readonly pipe: Pipe }
  | { readonly kind: 'pipe-write'; readonly pipe: Pipe }
  | { readonly kind: 'tty'; readonly tty: Tty }
  /** Standard output or error of the container or of an exec: what is written leaves the machine. */
  | { readonly kind: 'output'; readonly id: string; readonly stream: 1 | 2 }
  | { readonly kind: 'socket'; readonly socket: Socket }
  | { readonly kind: 'listener'; readonly listener: Listener }
)
type Access = 'r' | 'w' | 'rw'
/** How `open` opens: read, write (truncates), append, both (creates, does not truncate). */
export type Mode = 'r' | 'w' | 'a' | 'rw'
export type Device = 'null' | 'zero' | 'full' | 'random'
export type FileOf<K extends OpenFile['kind']> = Extract<OpenFile, { kind: K }>

export const device = (name: Device): FileOf<'device'> => ({ kind: 'device', device: name, refs: 0 })
/** What `open('/dev/null')` gives. */
export const devNull = (): FileOf<'device'> => device('null')
