import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import { find } from '../images/find.ts'
import { scratch } from '../images/layer.ts'
import type { EngineState } from '../state.ts'
import type { Build, Stage } from './build.ts'
import { commitStep, type Done } from './commit-step.ts'
import { copyInto } from './copy.ts'
import { expand } from './expand.ts'
import type { Instruction } from './instruction.ts'
import { ownerOf } from './owner.ts'
import { layerBetween } from './step-image.ts'
import { lookupIn } from './variables.ts'
import { splitWords, unquote } from './words.ts'

/** COPY and ADD. */
export function copyStep(state: EngineState, build: Build, stage: Stage, instruction: Instruction, env: Env): Done {
  const keyword = instruction.keyword as 'ADD' | 'COPY'
  const lookup = lookupIn(build, stage)
  const words = (instruction.json ?? splitWords(instruction.rest, build.escape)).map((word) =>
    unquote(expand(word, lookup, build.escape)),
  )
  const flags = new Map(instruction.flags.map((flag) => flag.slice(2).split('=', 2) as [string, string]))
  const destination = words.pop() ?? ''
  if (words.length === 0)
    throw new Problem(
      'System',
      `${keyword} requires at least two arguments, but only one was provided. Destination could not be determined.`,
    )
  const remote = words.find((word) => /^https?:\/\//.test(word))
  if (keyword === 'ADD' && remote)
    throw new Problem(
      'System',
      `ADD failed: Get ${JSON.stringify(remote)}: dial tcp: lookup ${new URL(remote).hostname}: no such host`,
    )
  const base = state.images.byId.get(stage.image)?.root
  const other = flags.get('from')
  const chown = flags.get('chown')
  const chmod = flags.get('chmod')
  const source = other === undefined ? build.context : stageRoot(state, build, expand(other, lookup))
  const mode = chmod === undefined ? undefined : Number.parseInt(chmod, 8)
  const { snapshot, hash } = copyInto(
    base ?? scratch,
    source,
    {
      keyword,
      sources: words,
      destination,
      workingDir: stage.config.workingDir,
      owner: ownerOf(base, chown === undefined ? '' : unquote(expand(chown, lookup))),
      mode,
      fromImage: other !== undefined,
    },
    BigInt(env.now) * 1000n,
  )
  const layer = layerBetween(base, snapshot)
  return commitStep(
    state,
    build,
    stage,
    { what: `${keyword} ${hash} in ${destination} `, config: stage.config, layer },
    env,
  )
}

/** Another stage by name or number, or any image. */
function stageRoot(state: EngineState, build: Build, name: string) {
  const done = build.stages.slice(0, -1)
  const stage =
    done.find((one) => one.name !== '' && one.name === name.toLowerCase()) ??
    (/^\d+$/.test(name) ? done[Number(name)] : undefined)
  if (stage) return state.images.byId.get(stage.image)?.root ?? scratch
  try {
    return find(state.images, name).root
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    throw new Problem(
      'System',
      `invalid from flag value ${name}: pull access denied for ${name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
    )
  }
}
