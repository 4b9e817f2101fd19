import type { EngineVerbs } from '../verb.ts'
import { archive } from './archive.ts'
import { copy } from './copy.ts'
import { exportContainer } from './export.ts'
import type { ContainerFileCommands } from './file-commands.ts'
import { processes, top } from './top.ts'

/** The verbs of a container's files and processes by command name; what unpacks archives stands with the builder. */
export const fileVerbs: EngineVerbs<Omit<ContainerFileCommands, 'PutContainerArchive'>> = {
  ContainerArchive: archive,
  ContainerExport: exportContainer,
  ContainerCopy: copy,
  ContainerTop: top,
  ContainerProcesses: processes,
}
