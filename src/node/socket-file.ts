import { lstatSync, unlinkSync } from 'node:fs'
import { connect } from 'node:net'

/** sockaddr_un holds 108 bytes with the final zero on Linux, 104 on macOS; node cuts what is longer without a word. */
const LONGEST = process.platform === 'linux' ? 107 : 103

export function checkSocketPath(path: string): void {
  if (process.platform === 'win32' || Buffer.byteLength(path) <= LONGEST) return
  throw new Error(`socket path is longer than ${LONGEST} bytes: ${path}`)
}

/** Removes the socket file that a dead server left behind; false when somebody is listening or it is another kind of file. */
export async function removeStale(path: string): Promise<boolean> {
  if (!isSocket(path) || (await answers(path))) return false
  unlinkSync(path)
  return true
}

function isSocket(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSocket() ?? false
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    const tell = (alive: boolean) => {
      socket.destroy()
      resolve(alive)
    }
    socket.once('connect', () => tell(true))
    socket.once('error', ({ code }: NodeJS.ErrnoException) => tell(code !== 'ECONNREFUSED' && code !== 'ENOENT'))
  })
}
