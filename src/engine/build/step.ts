import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import { failing } from '../../http/progress.ts'
import type { EngineEvent } from '../events.ts'
import { canonical, familiar } from '../images/reference.ts'
import { repoReference } from '../images/tag.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import { arg } from './arg.ts'
import type { Build } from './build.ts'
import type { BuildCommands } from './commands.ts'
import { comment } from './comment.ts'
import { commitStep, type Done } from './commit-step.ts'
import { CONFIG_INSTRUCTIONS } from './config-instruction.ts'
import { copyStep } from './copy-step.ts'
import { from } from './from.ts'
import type { Instruction } from './instruction.ts'
import { short, stream } from './lines.ts'
import { run } from './run.ts'
import { withVariables } from './variables.ts'
import { workdir } from './workdir.ts'

/** The next instruction, or the end. What fails ends the stream. moby: builder/dockerfile/dispatchers.go */
export const step: EngineVerb<BuildCommands['BuildStep']> = (state, { id }, env) => {
  const build = state.builds.byId.get(id)
  if (!build || build.running !== undefined) return []
  const triggered = build.triggers[0]
  const next = triggered ?? build.steps[build.at]
  if (!next) return ending(build)
  const announced = triggered
    ? []
    : [stream(`Step ${build.at + 1}/${build.steps.length} : ${next.original}`), stream('\n')]
  const moved = triggered ? { ...build, triggers: build.triggers.slice(1) } : { ...build, at: build.at + 1 }
  try {
    const { build: after, lines, events = [] } = dispatch(state, moved, next, env)
    return [...events, { type: 'build.advance', build: after, lines: [...announced, ...lines] }]
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return [{ type: 'build.end', id, image: undefined, lines: [...announced, failing(problem.message)] }]
  }
}

function ending(build: Build): readonly EngineEvent[] {
  const image = build.stages.at(-1)?.image ?? ''
  if (image === '')
    return [
      {
        type: 'build.end',
        id: build.id,
        image: undefined,
        lines: [failing('No image was generated. Is your Dockerfile empty?')],
      },
    ]
  const unused = Object.keys(build.options.buildArgs)
    .filter((name) => !build.consumed.includes(name) && !PREDEFINED.has(name))
    .sort()
  const references = build.options.tags.map((tag) => repoReference(tag, '')!)
  const lines = [
    { aux: { ID: image } },
    ...(unused.length > 0
      ? [stream(`[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`)]
      : []),
    stream(`Successfully built ${short(image)}\n`),
    ...references.map((reference) => stream(`Successfully tagged ${familiar(reference)}\n`)),
  ]
  return [
    ...references.map((reference): EngineEvent => ({ type: 'image.tag', id: image, reference: canonical(reference) })),
    { type: 'build.end', id: build.id, image, lines },
  ]
}

/** Arguments that need no ARG and are no part of the cache. */
const PREDEFINED = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
)

function dispatch(state: EngineState, build: Build, instruction: Instruction, env: Env): Done {
  const { keyword } = instruction
  if (keyword === 'FROM') return from(state, build, instruction)
  if (keyword === 'ARG') return arg(state, build, instruction, env)
  const stage = build.stages.at(-1)
  if (!stage) throw new Problem('System', 'no build stage in current context')
  if (keyword === 'RUN') return run(state, build, stage, instruction, env)
  if (keyword === 'COPY' || keyword === 'ADD') return copyStep(state, build, stage, instruction, env)
  const expanded = withVariables(build, stage, instruction)
  if (keyword === 'WORKDIR') return workdir(state, build, stage, expanded, env)
  const config = keyword === 'MAINTAINER' ? stage.config : CONFIG_INSTRUCTIONS[keyword]!(stage.config, expanded)
  const ownCommand = keyword === 'CMD' || stage.ownCommand
  // An ENTRYPOINT drops the base image's command, but not one that this Dockerfile gave.
  const kept = keyword === 'ENTRYPOINT' && stage.ownCommand ? { ...config, cmd: stage.config.cmd } : config
  const author = keyword === 'MAINTAINER' ? { author: expanded.rest } : {}
  return commitStep(
    state,
    build,
    { ...stage, ownCommand },
    { what: comment(expanded, kept), config: kept, ...author },
    env,
  )
}
