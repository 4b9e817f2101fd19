import type { Env } from '../../core/env.ts'
import { root } from '../../storage/caller.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { rootOf } from '../images/layer.ts'
import type { EngineState } from '../state.ts'
import type { Build, Stage } from './build.ts'
import { commitStep, type Done } from './commit-step.ts'
import { joinedPath } from './config-instruction.ts'
import type { Instruction } from './instruction.ts'
import { layerBetween } from './step-image.ts'
import { unquote } from './words.ts'

/** Makes the directory where it is missing, which is a layer. */
export function workdir(state: EngineState, build: Build, stage: Stage, instruction: Instruction, env: Env): Done {
  const config = { ...stage.config, workingDir: joinedPath(stage.config.workingDir, unquote(instruction.rest)) }
  const layer = () => {
    const base = rootOf(state.images, state.images.byId.get(stage.image))
    const files = new FileSystem(base)
    files.mkdirp(root(BigInt(env.now) * 1000n), config.workingDir, 0o755)
    return layerBetween(base, files.snapshot())
  }
  return commitStep(state, build, stage, { what: `WORKDIR ${config.workingDir}`, config, layer }, env)
}
