import { builder } from '#builder'
import type { RunningCommands } from '../running/index.ts'
import type { EngineVerbs } from '../verb.ts'
import type { ContainerCommands } from './commands.ts'
import { create } from './create.ts'
import { prune } from './prune.ts'
import { remove } from './remove.ts'
import { rename } from './rename.ts'
import { update } from './update.ts'
import { write } from './write.ts'

/** The containers' verbs by command name, without those of `running`. */
export const containerVerbs: EngineVerbs<Omit<ContainerCommands, keyof RunningCommands>> = {
  ContainerCreate: create,
  ContainerRename: rename,
  ContainerUpdate: update,
  ContainerDelete: remove,
  ContainerPrune: prune,
  ContainerWrite: write,
  PutContainerArchive: (state, command, env) => builder().putArchive(state, command, env),
}
