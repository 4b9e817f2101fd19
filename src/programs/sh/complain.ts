import { encode } from '../text/codec.ts'
import type { Session } from './session.ts'

/** Says an error as ash does: who, which built-in, which line. */
export function complain(session: Session, words: string): void {
  const { name, commandName, line, interactive } = session.shell
  let prefix = `${name}: `
  if (commandName !== undefined) {
    if (commandName !== name) prefix += `${commandName}: `
    if (!interactive) prefix += `line ${line}: `
  }
  sayError(session, `${prefix}${words}\n`)
}

/** Says an error as the programs of busybox do. */
export function complainAs(session: Session, words: string): void {
  sayError(session, `${session.shell.applet}: ${words}\n`)
}

/** To standard error, if there is one. */
export function sayError({ kernel, process }: Session, text: string): void {
  if (!process.fds[2]) return
  try {
    kernel.write(process, 2, encode(text))
  } catch {
    // There is nobody left to tell.
  }
}
