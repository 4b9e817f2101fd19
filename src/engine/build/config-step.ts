import type { Env } from '../../core/env.ts'
import type { Config } from '../containers/config.ts'
import type { EngineState } from '../state.ts'
import type { Build, Stage } from './build.ts'
import { comment } from './comment.ts'
import { commitStep, type Done } from './commit-step.ts'
import { CONFIG_INSTRUCTIONS } from './config-instruction.ts'
import type { Instruction } from './instruction.ts'
import { stream } from './lines.ts'

/** Instructions that only change the config, and MAINTAINER. */
export function configStep(state: EngineState, build: Build, stage: Stage, instruction: Instruction, env: Env): Done {
  const { keyword, rest } = instruction
  const config = configAfter(stage, instruction)
  const by = keyword === 'MAINTAINER' ? { author: rest } : {}
  const after = { ...stage, ownCommand: keyword === 'CMD' || stage.ownCommand }
  const done = commitStep(state, build, after, { what: comment(instruction, config), config, ...by }, env)
  const notes = keyword === 'HEALTHCHECK' ? overridden(stage.config) : []
  return { ...done, lines: [...notes, ...done.lines] }
}

function configAfter({ config, ownCommand }: Stage, instruction: Instruction): Config {
  const { keyword } = instruction
  if (keyword === 'MAINTAINER') return config
  const changed = CONFIG_INSTRUCTIONS[keyword]!(config, instruction)
  // An ENTRYPOINT drops the base image's command, but not one that this Dockerfile gave.
  return keyword === 'ENTRYPOINT' && ownCommand ? { ...changed, cmd: config.cmd } : changed
}

function overridden({ healthcheck }: Config): object[] {
  const test = healthcheck?.test ?? []
  if (test.length === 0 || test[0] === 'NONE') return []
  return [stream(`Note: overriding previous HEALTHCHECK: [${test.join(' ')}]\n`)]
}
