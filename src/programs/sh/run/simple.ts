import type { Wait } from '../../kernel/program.ts'
import { isBuiltin, startBuiltin } from '../builtins/index.ts'
import { charge } from '../charge.ts'
import { complain, sayError } from '../complain.ts'
import { type Context, remember } from '../expand/context.ts'
import { expandText, expandWords } from '../expand/word.ts'
import type { SimpleFrame } from '../frames.ts'
import { quoteIfNeeded } from '../quote.ts'
import type { Session } from '../session.ts'
import { isSpecialBuiltin } from '../special.ts'
import type { Assignment } from '../tree.ts'
import { assign, declare, valueFor } from '../variables.ts'
import { attempt } from './attempt.ts'
import { callFunction } from './call.ts'
import { abandon, failureOf, raiseFailure, settle } from './exit.ts'
import { loadCommand, replaceShell, runExternal } from './external.ts'
import { OWN_DESCRIPTORS } from './fork.ts'
import { RedirectionError, redirect, type Saved, type Target, targetsOf } from './redirect.ts'
import { isLast, pop, push, putBack, putBackVariables } from './stack.ts'

/** Texts up to here cost nothing worth counting. */
const LONG = 1024

/** What the words of a simple command came to. */
interface Expanded {
  readonly words: readonly string[]
  readonly values: readonly string[]
  readonly targets: readonly Target[]
}

export function runSimple(session: Session, frame: SimpleFrame): Wait | undefined {
  const { shell } = session
  shell.line = frame.node.line
  const expanded = attempt(session, frame.memo, (context) => expand(context, frame))
  if (!('value' in expanded)) return expanded.wait
  if (shell.options.x) trace(session, frame, expanded.value)
  const { words, values, targets } = expanded.value
  for (const text of [...words, ...values]) if (text.length > LONG) charge(session, text.length)
  const saved: Saved = new Map()
  try {
    redirect(session, targets, saved)
  } catch (error) {
    putBack(session, saved)
    return refuse(session, frame, words[0], failureOf(error))
  }
  const { status, descriptors } = frame.memo
  // Its descriptors now belong to what comes after the frame.
  if (descriptors) for (const fd of descriptors.splice(0)) saved.set(fd, undefined)
  pop(session)
  const [name] = words
  if (name === undefined) {
    putBack(session, saved)
    return settle(session, status ?? 0)
  }
  return execute(session, frame, words, saved)
}

function expand(context: Context, { node, saved }: SimpleFrame): Expanded {
  const words = expandWords(context, node.words)
  const targets = targetsOf(context, node.redirections)
  const keep = words.length > 0
  const values = node.assignments.map((assignment) => apply(context, assignment, keep ? saved : undefined))
  return { words, values, targets }
}

/** Each assignment counts for the next one, and in front of a command until it is done. */
function apply(context: Context, assignment: Assignment, saved: SimpleFrame['saved'] | undefined): string {
  const { shell } = context.session
  const { name } = assignment
  const text = expandText(context, assignment.value)
  return remember(context, assignment, () => {
    if (saved && !saved.has(name)) saved.set(name, shell.variables.get(name))
    if (saved) declare(shell, name, { value: text, exported: true })
    else assign(shell, name, text)
    return text
  })
}

function trace(session: Session, { node }: SimpleFrame, { words, values }: Expanded): void {
  const assignments = node.assignments.map(({ name }, index) => `${name}=${quoteIfNeeded(values[index]!)}`)
  const prompt = valueFor(session.shell, 'PS4') ?? ''
  sayError(session, `${prompt}${[...assignments, ...words.map(quoteIfNeeded)].join(' ')}\n`)
}

/** A redirection failed: that ends the command, and the script when it was a special built-in. */
function refuse(
  session: Session,
  frame: SimpleFrame,
  name: string | undefined,
  failure: ReturnType<typeof failureOf>,
): Wait | undefined {
  const { shell } = session
  if (failure instanceof RedirectionError) return raiseFailure(session, failure)
  complain(session, failure.words)
  const special = name !== undefined && isSpecialBuiltin(name) && !shell.functions.has(name)
  if (special) return abandon(session, failure.status)
  putBackVariables(shell, frame.saved)
  pop(session)
  return settle(session, failure.status)
}

function execute(session: Session, frame: SimpleFrame, words: readonly string[], saved: Saved): Wait | undefined {
  const { shell } = session
  const name = words[0]!
  const special = isSpecialBuiltin(name)
  const definition = shell.functions.get(name)
  const last = isLast(shell)
  if (!definition && !isBuiltin(name) && last) return become(session, words, saved)
  // `exec` without a command redirects for good.
  if (name === 'exec' && !definition) for (const file of saved.values()) if (file) session.kernel.unref(file)
  if (saved.size > 0 && (name !== 'exec' || definition)) push(shell, { type: 'restore', saved })
  if (frame.saved.size > 0 && (!special || definition)) push(shell, { type: 'variables', saved: frame.saved })
  if (special && !definition) unexport(session, frame)
  if (definition) return callFunction(session, definition, words.slice(1))
  if (isBuiltin(name)) return startBuiltin(session, words)
  return runExternal(session, words)
}

/** In front of a special built-in, an assignment stays, but is not exported by that. */
function unexport({ shell }: Session, { saved }: SimpleFrame): void {
  for (const [name, old] of saved)
    declare(shell, name, { exported: old?.exported === true || shell.options.a === true })
}

/** The last command of a subshell or of `sh -c` needs no process of its own. */
function become(session: Session, words: readonly string[], saved: Saved): Wait | undefined {
  const loaded = loadCommand(session, words)
  if (typeof loaded === 'number') {
    putBack(session, saved)
    return settle(session, loaded)
  }
  for (const [fd, file] of saved) if (file && fd < OWN_DESCRIPTORS) session.kernel.unref(file)
  return replaceShell(session, loaded)
}
