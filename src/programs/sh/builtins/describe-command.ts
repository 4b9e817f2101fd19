import { KEYWORDS } from '../read/tokens.ts'
import { findCommand, look } from '../run/find-command.ts'
import type { Session } from '../session.ts'
import { isSpecialBuiltin } from '../special.ts'
import { aliasLine } from './alias.ts'
import { isBuiltin } from './index.ts'
import { print } from './output.ts'

/** `brief`: what `command -v` prints; `verbose`: what `command -V` and `type` do. Gives the status. */
export function describeCommand(session: Session, name: string, style: 'brief' | 'verbose'): number {
  const words = description(session, name, style)
  if (words !== undefined) print(session, `${words}\n`)
  else if (style === 'verbose') print(session, `${name}: not found\n`)
  return words === undefined ? 127 : 0
}

function description(session: Session, name: string, style: 'brief' | 'verbose'): string | undefined {
  const { shell } = session
  const brief = style === 'brief'
  if (KEYWORDS.has(name)) return brief ? name : `${name} is a shell keyword`
  const alias = shell.aliases.get(name)
  if (alias !== undefined)
    return brief ? `alias ${aliasLine(name, alias).trimEnd()}` : `${name} is an alias for ${alias}`
  if (shell.functions.has(name)) return brief ? name : `${name} is a function`
  if (isBuiltin(name)) return brief ? name : `${name} is a ${isSpecialBuiltin(name) ? 'special ' : ''}shell builtin`
  const found = findCommand(session, name)
  if (typeof found === 'number' || (name.includes('/') && look(session, found) !== 'runs')) return undefined
  return brief ? found : `${name} is ${found}`
}
