import { ArithmeticError } from '../arithmetic/error.ts'
import { evaluate, type Variables } from '../arithmetic/evaluate.ts'
import { Failure } from '../failure.ts'
import type { Shell } from '../shell.ts'
import type { Word } from '../tree.ts'
import { assign } from '../variables.ts'
import { type Context, remember } from './context.ts'
import { parameter } from './parameters.ts'
import { expandText } from './word.ts'

const variablesOf = (shell: Shell): Variables => ({
  get: (name) => parameter(shell, name),
  set: (name, value) => assign(shell, name, value),
})

/** Evaluates text in the shell; what is wrong with it becomes the shell's error. */
export function calculateText(shell: Shell, text: string): bigint {
  try {
    return evaluate(text, variablesOf(shell))
  } catch (error) {
    if (error instanceof ArithmeticError) throw new Failure(error.words)
    throw error
  }
}

/** The value of an expression, for a part of the tree: assignments in it happen once. */
export function calculate(context: Context, part: object, expression: Word): string {
  const text = expandText(context, expression)
  return remember(context, part, () => String(calculateText(context.session.shell, text)))
}
