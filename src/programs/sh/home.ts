import { userNamed } from '../accounts.ts'
import type { Session } from './session.ts'
import { valueFor } from './variables.ts'

/** What `~` and `~user` stand for. */
export function homeOf({ kernel, process, shell }: Session, user: string): string | undefined {
  return user === '' ? valueFor(shell, 'HOME') : userNamed(kernel, process, user)?.home
}
