import type { Env } from '../../core/env.ts'
import type { EngineState } from '../state.ts'
import type { Build } from './build.ts'
import { commitStep, type Done } from './commit-step.ts'
import { expand } from './expand.ts'
import type { Instruction } from './instruction.ts'
import { lookupIn } from './variables.ts'
import { splitWords, unquote } from './words.ts'

/** Declares arguments: what the request says of them, else their default. */
export function arg(state: EngineState, build: Build, instruction: Instruction, env: Env): Done {
  const stage = build.stages.at(-1)
  let after = build
  let args = stage?.args ?? {}
  for (const word of splitWords(instruction.rest, build.escape)) {
    const split = word.indexOf('=')
    const name = split < 0 ? word : word.slice(0, split)
    const given = build.options.buildArgs[name]
    const value =
      given ??
      (split < 0
        ? stage
          ? build.globalArgs[name]
          : undefined
        : unquote(expand(word.slice(split + 1), lookupIn(build, stage && { ...stage, args }), build.escape)))
    if (name in build.options.buildArgs) after = { ...after, consumed: [...after.consumed, name] }
    if (value !== undefined) args = { ...args, [name]: value }
    if (!stage && value !== undefined) after = { ...after, globalArgs: { ...after.globalArgs, [name]: value } }
  }
  if (!stage) return { build: after, lines: [] }
  return commitStep(state, after, { ...stage, args }, { what: `ARG ${instruction.rest}`, config: stage.config }, env)
}
