import type { Wait } from '../../kernel/program.ts'
import { matches } from '../../text/pattern.ts'
import { expandPattern, expandText, expandWords } from '../expand/word.ts'
import type { AndOrFrame, CaseFrame, ForFrame, IfFrame, ListFrame, LoopFrame, TestedFrame } from '../frames.ts'
import type { Session } from '../session.ts'
import type { Case, List } from '../tree.ts'
import { assign } from '../variables.ts'
import { attempt } from './attempt.ts'
import { startBackground } from './background.ts'
import { enter } from './enter.ts'
import { pop, push } from './stack.ts'

export function runList(session: Session, frame: ListFrame): Wait | undefined {
  const statement = frame.list.statements[frame.next++]
  if (!statement) {
    pop(session)
    return undefined
  }
  if (statement.background) return startBackground(session, statement)
  return enter(session, statement.command)
}

const start = ({ shell }: Session, list: List) => push(shell, { type: 'list', list, next: 0 })

function test(session: Session, list: List): void {
  push(session.shell, { type: 'tested', negate: false })
  start(session, list)
}

export function runTested(session: Session, { negate }: TestedFrame): undefined {
  pop(session)
  if (negate) session.shell.status = session.shell.status === 0 ? 1 : 0
}

export function runAndOr(session: Session, frame: AndOrFrame): Wait | undefined {
  const { commands, operators } = frame.node
  const { shell } = session
  while (frame.next > 0 && frame.next < commands.length) {
    const wanted = operators[frame.next - 1] === '&&'
    if (wanted === (shell.status === 0)) break
    frame.next++
  }
  const command = commands[frame.next++]
  if (!command) {
    pop(session)
    return undefined
  }
  if (frame.next < commands.length) push(shell, { type: 'tested', negate: false })
  else pop(session)
  return enter(session, command)
}

export function runIf(session: Session, frame: IfFrame): undefined {
  const { branches, otherwise } = frame.node
  const { shell } = session
  const current = branches[frame.branch]
  if (current && shell.status === 0) {
    pop(session)
    return start(session, current.body) as undefined
  }
  const next = branches[++frame.branch]
  if (next) return test(session, next.condition) as undefined
  pop(session)
  shell.status = 0
  if (otherwise) start(session, otherwise)
}

export function runLoop(session: Session, frame: LoopFrame): undefined {
  const { shell } = session
  const { node } = frame
  if (frame.state === 'condition') {
    if ((shell.status === 0) !== node.until) {
      frame.state = 'body'
      return start(session, node.body) as undefined
    }
    pop(session)
    shell.status = frame.status
    return
  }
  if (frame.state === 'body') frame.status = shell.status
  frame.state = 'condition'
  test(session, node.condition)
}

export function runFor(session: Session, frame: ForFrame): Wait | undefined {
  const { shell } = session
  const { node } = frame
  if (!frame.words) {
    shell.line = node.line
    const words = node.words
      ? attempt(session, frame.memo, (context) => expandWords(context, node.words!))
      : { value: shell.args }
    if (!('value' in words)) return words.wait
    frame.words = words.value
    shell.status = 0
  }
  const word = frame.words[frame.next++]
  if (word === undefined) {
    pop(session)
    return undefined
  }
  const assigned = attempt(session, frame.memo, () => assign(shell, node.name, word))
  if (!('value' in assigned)) return assigned.wait
  start(session, node.body)
  return undefined
}

export function runCase(session: Session, frame: CaseFrame): Wait | undefined {
  const { shell } = session
  const { node, memo } = frame
  shell.line = node.line
  const chosen = attempt(session, memo, (context) => {
    const text = expandText(context, node.word)
    return find(node, (pattern) => matches(expandPattern(context, pattern), text))
  })
  if (!('value' in chosen)) return chosen.wait
  pop(session)
  shell.status = 0
  if (chosen.value) start(session, chosen.value)
  return undefined
}

const find = ({ items }: Case, fits: (pattern: Case['word']) => boolean): List | undefined =>
  items.find(({ patterns }) => patterns.some(fits))?.body
