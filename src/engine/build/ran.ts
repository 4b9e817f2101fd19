import { failing } from '../../http/progress.ts'
import { destroyEvents } from '../containers/destroy-events.ts'
import type { EngineEvent } from '../events.ts'
import { layersWith } from '../images/commit.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { Build } from './build.ts'
import type { BuildCommands } from './commands.ts'
import { withStage } from './commit-step.ts'
import { removed } from './lines.ts'
import { runHistory } from './run.ts'
import { arrowOf } from './step.ts'
import { stepImage } from './step-image.ts'

/** The command of a RUN is done: its container becomes the next image, or the build has failed. */
export const ran: EngineVerb<BuildCommands['BuildRan']> = (state, { id, exitCode, error }, env) => {
  const build = state.builds.byId.get(id)
  const container = build?.running === undefined ? undefined : state.containers.byId.get(build.running)
  if (!build || !container) return []
  if (error !== '' || exitCode !== 0) return failure(state, build, exitCode, error)
  const stage = build.stages.at(-1)!
  const createdBy = runHistory(stage, container.config.cmd ?? [])
  const { added } = layersWith(state, container)
  const made = stepImage(state, { parent: stage.image, config: stage.config, createdBy, layer: added }, env.now)
  const after = { ...withStage(build, { ...stage, image: made.id }), running: undefined }
  const { remove } = build.options
  return [
    ...made.events,
    ...(remove ? destroyEvents(state, container, true) : []),
    {
      type: 'build.advance',
      build: after,
      lines: [...(remove ? [removed(container.id)] : []), ...arrowOf(after)],
    },
  ]
}

function failure(state: EngineState, build: Build, exitCode: number, error: string): readonly EngineEvent[] {
  const container = state.containers.byId.get(build.running!)!
  const { forceRemove } = build.options
  const command = (container.config.cmd ?? []).join(' ')
  const why =
    error === '' ? failing(`The command '${command}' returned a non-zero code: ${exitCode}`, exitCode) : failing(error)
  return [
    ...(forceRemove ? destroyEvents(state, container, true) : []),
    {
      type: 'build.end',
      id: build.id,
      image: undefined,
      lines: [...(forceRemove ? [removed(container.id)] : []), why],
    },
  ]
}
