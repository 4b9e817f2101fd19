import { FileError } from '../../../storage/file-error.ts'
import { S_IFMT, S_IFREG } from '../../../storage/inode.ts'
import { strerror } from '../../kernel/errno.ts'
import type { Mode, OpenFile } from '../../kernel/open-file.ts'
import { encode } from '../../text/codec.ts'
import type { Context } from '../expand/context.ts'
import { expandText } from '../expand/word.ts'
import { Failure } from '../failure.ts'
import type { Session } from '../session.ts'
import type { Redirection } from '../tree.ts'
import { OWN_DESCRIPTORS } from './fork.ts'

/** A redirection whose target is known. */
export interface Target {
  readonly operator: Redirection['operator']
  readonly fd: number
  readonly text: string
}

export type Saved = Map<number, OpenFile | undefined>

/** A descriptor that is neither a number nor `-`: that ends a script. */
export class RedirectionError extends Failure {}

export function targetsOf(context: Context, redirections: readonly Redirection[]): readonly Target[] {
  return redirections.map(({ operator, fd, target }) => ({ operator, fd, text: expandText(context, target) }))
}

/** Redirects one after the other; what was there before goes into `saved`, also when one of them fails. */
export function redirect(session: Session, targets: readonly Target[], saved: Saved | undefined): void {
  for (const target of targets) {
    const { operator, fd, text } = target
    if (operator === '<&' || operator === '>&') duplicate(session, target, saved)
    else if (operator === '&>') both(session, text, saved)
    else set(session, fd, open(session, target), saved)
  }
}

function set({ kernel, process }: Session, fd: number, file: OpenFile | undefined, saved: Saved | undefined): void {
  if (saved && !saved.has(fd)) {
    const old = process.fds[fd]
    if (old) kernel.ref(old)
    saved.set(fd, old)
  }
  kernel.setfd(process, fd, file)
}

function both(session: Session, path: string, saved: Saved | undefined): void {
  const file = openPath(session, path, 'w')
  set(session, 1, file, saved)
  set(session, 2, file, saved)
}

function duplicate(session: Session, { operator, fd, text }: Target, saved: Saved | undefined): void {
  if (text === '-') return set(session, fd, undefined, saved)
  if (!/^\d+$/.test(text)) {
    if (operator === '>&' && fd === 1) return both(session, text, saved)
    throw new RedirectionError('redir error')
  }
  const file = session.process.fds[Number(text)]
  if (!file || Number(text) >= OWN_DESCRIPTORS) throw new Failure(`${text}: Bad file descriptor`, 1)
  set(session, fd, file, saved)
}

const MODES: Readonly<Partial<Record<Redirection['operator'], Mode>>> = {
  '<': 'r',
  '>': 'w',
  '>|': 'w',
  '>>': 'a',
  '<>': 'rw',
}

function open(session: Session, { operator, text }: Target): OpenFile {
  if (operator === 'here') return { kind: 'text', path: 'here-document', bytes: encode(text), pos: 0, refs: 0 }
  if (operator === '>' && session.shell.options.C && isFile(session, text)) throw cannot('create', text, 'File exists')
  return openPath(session, text, MODES[operator] ?? 'r')
}

function isFile({ kernel, process }: Session, path: string): boolean {
  try {
    return (kernel.stat(process, path).mode & S_IFMT) === S_IFREG
  } catch {
    return false
  }
}

function openPath({ kernel, process }: Session, path: string, mode: Mode): OpenFile {
  try {
    return kernel.open(process, path, mode)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    const creates = mode === 'w' || mode === 'a'
    if (error.code === 'ENOENT')
      throw cannot(creates ? 'create' : 'open', path, creates ? 'nonexistent directory' : 'no such file')
    throw cannot(creates ? 'create' : 'open', path, strerror(error.code))
  }
}

const cannot = (what: string, path: string, why: string) => new Failure(`can't ${what} ${path}: ${why}`, 1)
