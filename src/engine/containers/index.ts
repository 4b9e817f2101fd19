import type { EngineVerbs } from '../verb.ts'
import type { ContainerCommands } from './commands.ts'
import { create } from './create.ts'
import { exit, restartDue } from './exit.ts'
import { fileVerbs } from './file-verbs.ts'
import { kill } from './kill.ts'
import { oom } from './oom.ts'
import { pause } from './pause.ts'
import { prune } from './prune.ts'
import { remove } from './remove.ts'
import { rename } from './rename.ts'
import { restart } from './restart.ts'
import { start } from './start.ts'
import { stop, stopTimeout } from './stop.ts'
import { streamVerbs } from './stream-verbs.ts'
import { unpause } from './unpause.ts'
import { update } from './update.ts'
import { write } from './write.ts'

/** The containers' verbs by command name. */
export const containerVerbs: EngineVerbs<ContainerCommands> = {
  ...streamVerbs,
  ...fileVerbs,
  ContainerCreate: create,
  ContainerStart: start,
  ContainerStop: stop,
  ContainerRestart: restart,
  ContainerKill: kill,
  ContainerPause: pause,
  ContainerUnpause: unpause,
  ContainerRename: rename,
  ContainerUpdate: update,
  ContainerDelete: remove,
  ContainerPrune: prune,
  ContainerStopTimeout: stopTimeout,
  ContainerRestartDue: restartDue,
  ContainerExit: exit,
  ContainerOom: oom,
  ContainerWrite: write,
}
