import { builder } from '#builder'
import type { EngineVerbs } from '../verb.ts'
import { archive } from './archive.ts'
import { copy } from './copy.ts'
import { exportContainer } from './export.ts'
import type { ContainerFileCommands } from './file-commands.ts'
import { processes, top } from './top.ts'

/** The verbs of a container's files and processes by command name. */
export const fileVerbs: EngineVerbs<ContainerFileCommands> = {
  ContainerArchive: archive,
  PutContainerArchive: (state, command, env) => builder().putArchive(state, command, env),
  ContainerExport: exportContainer,
  ContainerCopy: copy,
  ContainerTop: top,
  ContainerProcesses: processes,
}
