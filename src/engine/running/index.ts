import type { ContainerCommands } from '../containers/commands.ts'
import { exit, restartDue } from '../containers/exit.ts'
import type { ContainerFileCommands } from '../containers/file-commands.ts'
import { fileRoutes } from '../containers/file-routes.ts'
import { fileVerbs } from '../containers/file-verbs.ts'
import { kill } from '../containers/kill.ts'
import { oom } from '../containers/oom.ts'
import { pause } from '../containers/pause.ts'
import { restart } from '../containers/restart.ts'
import { start } from '../containers/start.ts'
import { stop, stopTimeout } from '../containers/stop.ts'
import type { ContainerStreamCommands } from '../containers/stream-commands.ts'
import { streamRoutes } from '../containers/stream-routes.ts'
import { streamVerbs } from '../containers/stream-verbs.ts'
import { unpause } from '../containers/unpause.ts'
import type { ExecCommands } from '../exec/commands.ts'
import { execVerbs } from '../exec/index.ts'
import { execRoutes } from '../exec/routes.ts'
import type { EngineRoute, EngineVerbs } from '../verb.ts'

/** What is asked of containers that run, and of the files of all. */
export interface RunningCommands
  extends ContainerStreamCommands,
    Omit<ContainerFileCommands, 'PutContainerArchive'>,
    ExecCommands,
    Pick<
      ContainerCommands,
      | 'ContainerStart'
      | 'ContainerStop'
      | 'ContainerRestart'
      | 'ContainerKill'
      | 'ContainerPause'
      | 'ContainerUnpause'
      | 'ContainerStopTimeout'
      | 'ContainerRestartDue'
      | 'ContainerExit'
      | 'ContainerOom'
    > {}

/** How containers start and end, their streams, files and processes, and execs. It comes with the first command of that kind. */
export const runningVerbs: EngineVerbs<RunningCommands> = {
  ...streamVerbs,
  ...fileVerbs,
  ...execVerbs,
  ContainerStart: start,
  ContainerStop: stop,
  ContainerRestart: restart,
  ContainerKill: kill,
  ContainerPause: pause,
  ContainerUnpause: unpause,
  ContainerStopTimeout: stopTimeout,
  ContainerRestartDue: restartDue,
  ContainerExit: exit,
  ContainerOom: oom,
}

/** The endpoints of that kind; those that start and end containers stand with the others of the domain. */
export const runningRoutes: readonly EngineRoute[] = [...streamRoutes, ...fileRoutes, ...execRoutes]
