import { Problem } from '../../core/problem.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { rootOf } from '../images/layer.ts'
import type { EngineState } from '../state.ts'
import { imageAtHand, type Wanted } from './base-image.ts'
import type { Build, Stage } from './build.ts'
import type { Origin } from './copy-sources.ts'

/** The context, or with `--from` another stage by name or number, or any image. */
export function copyOrigin(state: EngineState, build: Build, from: string | undefined): Origin | Wanted {
  if (from === undefined) return { files: new FileSystem(build.context), fromImage: false }
  const failing = `invalid from flag value ${from}: `
  try {
    const stage = stageOf(build, from)
    const image = stage ? state.images.byId.get(stage.image) : imageAtHand(state, build, from)
    if (stage || image) return { files: new FileSystem(rootOf(state.images, image)), fromImage: true }
    return { wanted: from, platform: build.options.platform, failing }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    throw new Problem(problem.kind, failing + problem.message)
  }
}

/** moby: stagesBuildResults.get; the stage that is being built cannot be copied from. */
function stageOf({ stages }: Build, name: string): Stage | undefined {
  const done = stages.slice(0, -1)
  const named = done.find((stage) => stage.name !== '' && stage.name === name.toLowerCase())
  if (named || !/^[+-]?\d+$/.test(name)) return named
  const index = Number(name)
  if (index === done.length) throw new Problem('System', 'refers to current build stage')
  if (index < 0 || index > done.length) throw new Problem('System', 'index out of bounds')
  return done[index]
}
