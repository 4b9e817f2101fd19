import { userOf } from '../accounts.ts'
import { formatTime } from '../text/format-time.ts'
import type { Session } from './session.ts'
import { valueFor } from './variables.ts'

/** The prompt, its escapes and variables put in. */
export function promptText(session: Session, name: 'PS1' | 'PS2'): string {
  const source = valueFor(session.shell, name) ?? ''
  return source
    .replace(/\\(?:([0-7]{3})|([\s\S]))/g, (_, octal: string | undefined, letter: string) =>
      octal ? String.fromCharCode(Number.parseInt(octal, 8)) : promptEscape(session, letter),
    )
    .replace(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (_, braced: string | undefined, plain: string) => valueFor(session.shell, braced ?? plain) ?? '',
    )
}

function promptEscape(session: Session, letter: string): string {
  const { kernel, process } = session
  switch (letter) {
    case 'w':
      return shortened(session)
    case 'W':
      return shortened(session).replace(/^.*\/(?=.)/, '')
    case 'h':
      return kernel.hostname.split('.')[0]!
    case 'H':
      return kernel.hostname
    case 'u':
      return userOf(kernel, process, process.uid)?.name ?? String(process.uid)
    case '$':
      return process.uid === 0 ? '#' : '$'
    case 't':
      return formatTime('%H:%M:%S', kernel.now)
    case 'A':
      return formatTime('%H:%M', kernel.now)
    case 'n':
      return '\n'
    case 'r':
      return '\r'
    case 'a':
      return '\x07'
    case 'e':
    case 'E':
      return '\x1b'
    case '[':
    case ']':
      return ''
    default:
      return letter
  }
}

/** The directory, with `~` for the home. */
function shortened({ shell }: Session): string {
  const path = shell.directory
  const home = valueFor(shell, 'HOME')
  if (!home || home === '/') return path
  return path === home ? '~' : path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}
