import type { OpenFile } from '../../kernel/open-file.ts'
import type { Frame, FrameOf } from '../frames.ts'
import type { Session } from '../session.ts'
import type { Shell, Variable } from '../shell.ts'
import { put } from '../variables.ts'

type Saved = ReadonlyMap<number, OpenFile | undefined>

export const push = (shell: Shell, frame: Frame): void => {
  shell.frames.push(frame)
}

/** Ends the frame on top, with all that goes with its end. */
export function pop(session: Session): void {
  const frame = session.shell.frames.pop()
  if (frame) clean(session, frame)
}

/** Ends frames until `stop` says so of the one on top, and gives that one. */
export function unwind(session: Session, stop: (frame: Frame) => boolean): Frame | undefined {
  const { frames } = session.shell
  for (let top = frames.at(-1); top; top = frames.at(-1)) {
    if (stop(top)) return top
    pop(session)
  }
  return undefined
}

export function topmost<T extends Frame['type']>(shell: Shell, type: T): FrameOf<T> | undefined {
  return shell.frames.findLast((frame): frame is FrameOf<T> => frame.type === type)
}

function clean(session: Session, frame: Frame): void {
  const { kernel, process, shell } = session
  switch (frame.type) {
    case 'restore':
      return putBack(session, frame.saved)
    case 'variables':
      return putBackVariables(shell, frame.saved)
    case 'call':
      shell.args = frame.args
      return putBackVariables(shell, frame.locals)
    case 'dot':
      shell.args = frame.args
      shell.commandName = frame.commandName
      return
    case 'builtin':
      shell.commandName = frame.commandName
      return
    case 'capture':
      for (const { length } of frame.chunks) shell.held -= length
      if (!frame.ended) kernel.close(process, frame.fd)
      return
    case 'simple':
    case 'redirected':
    case 'for':
    case 'case':
      for (const fd of frame.memo.descriptors ?? []) kernel.close(process, fd)
  }
}

export function putBack({ kernel, process }: Session, saved: Saved): void {
  for (const [fd, file] of saved) {
    kernel.setfd(process, fd, file)
    if (file) kernel.unref(file)
  }
}

export function putBackVariables(shell: Shell, saved: ReadonlyMap<string, Variable | undefined>): void {
  for (const [name, variable] of saved) put(shell, name, variable)
}

/** Within a condition, where `set -e` does not apply. */
export const isTested = (shell: Shell): boolean => shell.tested || shell.frames.some(({ type }) => type === 'tested')

/** Nothing is left to do after the command in hand, so it may take the place of the shell. */
export function isLast(shell: Shell): boolean {
  if (shell.traps.size > 0 || shell.interactive) return false
  return shell.frames.every(
    (frame) =>
      (frame.type === 'list' && frame.next >= frame.list.statements.length) ||
      (frame.type === 'source' && frame.last && frame.text.slice(frame.pos).trim() === ''),
  )
}
