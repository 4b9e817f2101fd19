import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import { failing } from '../../http/progress.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import { arg } from './arg.ts'
import type { Wanted } from './base-image.ts'
import { stageName } from './begin.ts'
import type { Build } from './build.ts'
import type { BuildCommands } from './commands.ts'
import type { Done } from './commit-step.ts'
import { configStep } from './config-step.ts'
import { copyStep } from './copy-step.ts'
import { ending } from './ending.ts'
import { from } from './from.ts'
import type { Instruction } from './instruction.ts'
import { arrow, aux, stream } from './lines.ts'
import { pullEvents } from './pull.ts'
import { run } from './run.ts'
import { withVariables } from './variables.ts'
import { workdir } from './workdir.ts'

/** The next instruction, or the end. What fails ends the stream. moby: builder/dockerfile/builder.go */
export const step: EngineVerb<BuildCommands['BuildStep']> = (state, { id }, env) => {
  const build = state.builds.byId.get(id)
  if (!build || build.running !== undefined || build.pulling) return []
  const triggered = build.triggers[0]
  const next = triggered ?? build.steps[build.at]
  if (!next) return ending(build)
  const before = triggered || build.announced ? [] : stageOver(build, next)
  const announced = triggered || build.announced ? [] : announcement(build, next)
  const moved = triggered ? { ...build, triggers: build.triggers.slice(1) } : { ...build, at: build.at + 1 }
  const told: object[] = [...before]
  try {
    if (!triggered) checkName(build, next)
    told.push(...announced)
    const done = dispatch(state, moved, next, env)
    if ('wanted' in done) return pullEvents(state, build, done, told, env)
    told.push(...done.lines)
    if (done.failure) throw done.failure
    const after = { ...done.build, announced: false, pulled: undefined }
    return [...(done.events ?? []), { type: 'build.advance', build: after, lines: [...told, ...arrowOf(after)] }]
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return [{ type: 'build.end', id, image: undefined, lines: [...told, failing(problem.message)] }]
  }
}

/** A stage is over when the next one begins. */
function stageOver({ stages, options }: Build, { keyword }: Instruction): readonly object[] {
  const image = stages.at(-1)?.image ?? ''
  return keyword === 'FROM' && image !== '' && options.aux ? [aux(image)] : []
}

const announcement = ({ at, steps }: Build, { original }: Instruction) => [
  stream(`Step ${at + 1}/${steps.length} : ${original}`),
  stream('\n'),
]

function checkName({ stages }: Build, instruction: Instruction): void {
  const name = instruction.keyword === 'FROM' ? stageName(instruction) : ''
  if (name !== '' && stages.some((stage) => stage.name === name))
    throw new Problem('System', `${name} stage name already used`)
}

/** Where the stage stands now; a RUN that goes on and triggers that wait will tell it themselves. */
export function arrowOf({ running, triggers, stages }: Build): readonly object[] {
  const stage = stages.at(-1)
  return running === undefined && triggers.length === 0 && stage ? [arrow(stage.image)] : []
}

function dispatch(state: EngineState, build: Build, instruction: Instruction, env: Env): Done | Wanted {
  const { keyword } = instruction
  if (keyword === 'FROM') return from(state, build, instruction)
  if (keyword === 'ARG') return arg(state, build, instruction, env)
  const stage = build.stages.at(-1)
  if (!stage) throw new Problem('System', 'no build stage in current context')
  if (keyword === 'RUN') return run(state, build, stage, instruction, env)
  if (keyword === 'COPY' || keyword === 'ADD') return copyStep(state, build, stage, instruction, env)
  const expanded = withVariables(build, stage, instruction)
  if (keyword === 'WORKDIR') return workdir(state, build, stage, expanded, env)
  return configStep(state, build, stage, expanded, env)
}
