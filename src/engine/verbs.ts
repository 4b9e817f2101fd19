import { builder } from '#builder'
import { running } from '#running'
import type { BuildCommands } from './build/commands.ts'
import type { EngineCommands } from './commands.ts'
import { containerVerbs } from './containers/index.ts'
import type { DistributionCommands } from './distribution/commands.ts'
import { imageVerbs } from './images/index.ts'
import { later } from './later.ts'
import { networkVerbs } from './networks/index.ts'
import type { RunningCommands } from './running/index.ts'
import type { EngineVerbs } from './verb.ts'
import { volumeVerbs } from './volumes/index.ts'

const buildVerbs = later<BuildCommands>(
  { ImageBuild: true, BuildStep: true, BuildRan: true, BuildPulled: true, BuildLeave: true, BuildPrune: true },
  () => builder().buildVerbs,
)

const distributionVerbs = later<DistributionCommands>(
  {
    ImagePull: true,
    ImagePush: true,
    SystemAuth: true,
    ImageSearch: true,
    DistributionInspect: true,
    TransferAnswer: true,
    TransferAdvance: true,
    TalkHear: true,
    TalkLeave: true,
  },
  () => builder().distributionVerbs,
)

const runningVerbs = later<RunningCommands>(
  {
    ContainerStart: true,
    ContainerStop: true,
    ContainerRestart: true,
    ContainerKill: true,
    ContainerPause: true,
    ContainerUnpause: true,
    ContainerStopTimeout: true,
    ContainerRestartDue: true,
    ContainerExit: true,
    ContainerOom: true,
    ContainerOutput: true,
    ContainerAttach: true,
    ContainerInput: true,
    ContainerDetach: true,
    ContainerInputFlush: true,
    ContainerResize: true,
    HealthProbe: true,
    HealthTimeout: true,
    HealthPause: true,
    HealthResume: true,
    ContainerArchive: true,
    ContainerExport: true,
    ContainerCopy: true,
    ContainerTop: true,
    ContainerProcesses: true,
    ContainerExec: true,
    ExecStart: true,
    ExecResize: true,
    ExecOutput: true,
    ExecExit: true,
    ExecInput: true,
    ExecDetach: true,
  },
  () => running().runningVerbs,
)

/** Every verb of the engine by its command's name. */
export const verbs: EngineVerbs<EngineCommands> = {
  ...buildVerbs,
  ...containerVerbs,
  ...distributionVerbs,
  ...imageVerbs,
  ...networkVerbs,
  ...runningVerbs,
  ...volumeVerbs,
  ClockAdvance: (_, { fired }) => [
    { type: 'clock.advance' },
    ...(fired === undefined ? [] : [{ type: 'timer.clear' as const, key: fired }]),
  ],
}
