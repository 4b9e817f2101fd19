import { Problem } from '../../core/problem.ts'
import { config as configSchema } from '../containers/config.ts'
import { lookup as lookupImage } from '../images/find.ts'
import type { EngineState } from '../state.ts'
import { stageName } from './begin.ts'
import type { Build, Stage } from './build.ts'
import type { Done } from './commit-step.ts'
import { withEnv } from './config-instruction.ts'
import { expand } from './expand.ts'
import { type Instruction, parseInstruction } from './instruction.ts'
import { arrow, stream } from './lines.ts'
import { lookupIn } from './variables.ts'
import { unquote } from './words.ts'

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** A stage begins: on an earlier one, on an image, or on nothing. */
export function from(state: EngineState, build: Build, instruction: Instruction): Done {
  const text = instruction.rest.replace(/\s+as\s+\S+\s*$/i, '')
  const name = unquote(expand(text, lookupIn(build, undefined), build.escape))
  if (name === '') throw new Problem('System', `base name (${text}) should not be blank`)
  const named = build.stages.find((stage) => stage.name !== '' && stage.name === name.toLowerCase())
  const image = named?.image ?? (name === 'scratch' ? '' : baseOf(state, name))
  const base = state.images.byId.get(image)?.config ?? configSchema.zero
  const config =
    image === '' || base.env?.some((entry) => entry.startsWith('PATH='))
      ? base
      : { ...base, env: withEnv(base.env, 'PATH', DEFAULT_PATH) }
  const triggers = (config.onBuild ?? []).map(parseInstruction)
  const stage: Stage = {
    name: stageName(instruction),
    image,
    config: { ...config, onBuild: null },
    args: {},
    ownCommand: false,
  }
  const shown = image === '' ? stream(' ---> \n') : arrow(image)
  const told =
    triggers.length > 0
      ? [stream(`# Executing ${triggers.length} build trigger${triggers.length > 1 ? 's' : ''}`), stream('\n')]
      : []
  return {
    build: { ...build, stages: [...build.stages, stage], triggers, cacheMissed: build.options.noCache },
    lines: triggers.length > 0 ? told : [shown],
  }
}

function baseOf(state: EngineState, name: string): string {
  const image = lookupImage(state.images, name)
  if (image) return image.id
  const repository = name.replace(/[:@].*$/, '')
  throw new Problem(
    'System',
    `pull access denied for ${repository}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
  )
}
