import type { Inode } from '../../../storage/inode.ts'
import { isDirectory } from '../../../storage/inode.ts'
import { isMagic, matches, plainPattern } from '../../text/pattern.ts'
import type { Session } from '../session.ts'

type Files = Pick<Session, 'kernel' | 'process'>

/** The names of files that match a pattern, in order; none when nothing does. */
export function pathnames(files: Files, pattern: string): string[] {
  const steps = pattern.split(/\/+/).filter((step) => step !== '')
  const slash = pattern.endsWith('/')
  let found = [pattern.startsWith('/') ? '/' : '']
  for (const [index, step] of steps.entries()) {
    const directory = slash || index < steps.length - 1
    found = found.flatMap((from) => enter(files, from, step, directory))
  }
  return slash ? found.map((path) => `${path}/`) : found
}

function enter(files: Files, from: string, step: string, directory: boolean): string[] {
  const base = from === '' || from === '/' ? from : `${from}/`
  return namesIn(files, from, step)
    .map((name) => base + name)
    .filter((path) => exists(files, path, directory))
}

function namesIn({ kernel, process }: Files, from: string, step: string): readonly string[] {
  if (!isMagic(step)) return [plainPattern(step)]
  const hidden = step.startsWith('.') || step.startsWith('\\.')
  try {
    const names = kernel.readdir(process, from === '' ? '.' : from)
    const all = hidden ? ['.', '..', ...names] : names
    return all.filter((name) => (hidden || !name.startsWith('.')) && matches(step, name))
  } catch {
    return []
  }
}

/** A dangling symlink as the last name is there too. */
function exists({ kernel, process }: Files, path: string, directory: boolean): boolean {
  try {
    const stat = kernel.stat(process, path, directory)
    return !directory || isDirectory(stat as Inode)
  } catch {
    return false
  }
}
