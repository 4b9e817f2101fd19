import { Problem } from '../../core/problem.ts'
import { config as configSchema } from '../containers/config.ts'
import { parsePlatform } from '../containers/platform.ts'
import { lookup } from '../images/find.ts'
import type { EngineState } from '../state.ts'
import { imageAtHand, type Wanted } from './base-image.ts'
import { stageName } from './begin.ts'
import type { Build, Stage } from './build.ts'
import type { Done } from './commit-step.ts'
import { withEnv } from './config-instruction.ts'
import { expand } from './expand.ts'
import { flagOf, type Instruction, parseInstruction } from './instruction.ts'
import { stream } from './lines.ts'
import { lookupIn } from './variables.ts'
import { unquote } from './words.ts'

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** A stage begins: on an earlier one, on an image, or on nothing. moby: builder/dockerfile/dispatchers.go initializeStage */
export function from(state: EngineState, build: Build, instruction: Instruction): Done | Wanted {
  const text = instruction.rest.replace(/\s+as\s+\S+\s*$/i, '')
  const name = globalText(build, text)
  if (name === '') throw new Problem('System', `base name (${text}) should not be blank`)
  const platform = platformOf(build, flagOf(instruction, 'platform'))
  const earlier = build.stages.find((stage) => stage.name !== '' && stage.name === name.toLowerCase())
  const image = earlier?.image ?? (name === 'scratch' ? '' : imageAtHand(state, build, name)?.id)
  if (image === undefined) return { wanted: name, platform, failing: '' }
  const stage = stageOn(state, stageName(instruction), image)
  const triggers = stage.config.onBuild ?? []
  const told = [`# Executing ${triggers.length} build trigger`, ...(triggers.length > 1 ? ['s'] : []), '\n']
  return {
    build: {
      ...build,
      stages: [...build.stages, { ...stage, config: { ...stage.config, onBuild: null } }],
      triggers: triggers.map(parseInstruction),
      cacheMissed: build.options.noCache,
      cacheSources: build.options.cacheFrom.flatMap((source) => lookup(state.images, source)?.id ?? []),
    },
    lines: triggers.length > 0 ? told.map(stream) : [],
  }
}

/** Text outside of the stages, where only global arguments are known. */
const globalText = (build: Build, text: string) => unquote(expand(text, lookupIn(build, undefined), build.escape))

/** That of the stage, else that of the request. */
function platformOf(build: Build, flag: string | undefined): string {
  if (flag === undefined) return build.options.platform
  const platform = globalText(build, flag)
  try {
    parsePlatform(platform)
    return platform
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    throw new Problem(problem.kind, `failed to parse platform ${platform}: ${problem.message}`)
  }
}

function stageOn(state: EngineState, name: string, image: string): Stage {
  const base = state.images.byId.get(image)?.config ?? configSchema.zero
  const hasPath = base.env?.some((entry) => entry.startsWith('PATH=')) ?? false
  const config = image === '' || hasPath ? base : { ...base, env: withEnv(base.env, 'PATH', DEFAULT_PATH) }
  return { name, image, config, args: {}, ownCommand: false }
}
