import { EXECUTE } from '../../../storage/caller.ts'
import { type Inode, isDirectory, isFile } from '../../../storage/inode.ts'
import { DEFAULT_PATH } from '../../find-executable.ts'
import type { Session } from '../session.ts'
import { valueFor } from '../variables.ts'

/** Where a command's file is: its path, or 126 for one that may not be run and 127 for none. */
export function findCommand(
  session: Session,
  name: string,
  path = valueFor(session.shell, 'PATH'),
): string | 126 | 127 {
  if (name.includes('/')) return name
  let worst: 126 | 127 = 127
  for (const directory of (path ?? DEFAULT_PATH).split(':')) {
    const candidate = directory === '' ? name : `${directory}/${name}`
    const found = look(session, candidate)
    if (found === 'runs') return candidate
    if (found === 'forbidden') worst = 126
  }
  return worst
}

/** Whether there is a file that may be run. */
export function look({ kernel, process }: Session, path: string): 'runs' | 'forbidden' | 'none' {
  try {
    const stat = kernel.stat(process, path) as Inode
    if (isDirectory(stat)) return 'none'
    return isFile(stat) && kernel.access(process, path, EXECUTE) ? 'runs' : 'forbidden'
  } catch {
    return 'none'
  }
}
