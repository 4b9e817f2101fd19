import { Table } from '../../core/table.ts'
import type { Snapshot } from '../../storage/file-system.ts'
import type { Config } from '../containers/config.ts'
import type { Instruction } from './instruction.ts'

export interface BuildOptions {
  /** As given; checked at the beginning. */
  readonly tags: readonly string[]
  readonly quiet: boolean
  readonly remove: boolean
  readonly forceRemove: boolean
  readonly noCache: boolean
  readonly buildArgs: Readonly<Record<string, string | null>>
  readonly labels: Readonly<Record<string, string>>
  readonly networkMode: string
  readonly extraHosts: readonly string[]
  readonly shmSize: number
}

/** A stage that is being built, or was. */
export interface Stage {
  readonly name: string
  /** Empty: nothing yet, as after `FROM scratch`. */
  readonly image: string
  readonly config: Config
  /** Arguments declared in the stage. */
  readonly args: Readonly<Record<string, string>>
  /** A CMD was given after the last ENTRYPOINT. */
  readonly ownCommand: boolean
}

/** A build on its way: all that a later step needs to know. */
export interface Build {
  readonly id: string
  readonly options: BuildOptions
  readonly context: Snapshot
  readonly escape: string
  /** Global arguments, every stage up to the target, and the labels of the request. */
  readonly steps: readonly Instruction[]
  /** The next step. */
  readonly at: number
  /** Instructions of the base image that wait for their turn. */
  readonly triggers: readonly Instruction[]
  readonly globalArgs: Readonly<Record<string, string>>
  /** Done stages first, the one being built last. */
  readonly stages: readonly Stage[]
  /** Build arguments that some ARG asked for. */
  readonly consumed: readonly string[]
  /** A step was not in the cache: none after it is looked for. */
  readonly cacheMissed: boolean
  /** The container of a RUN that has not ended. */
  readonly running: string | undefined
}

export interface Builds {
  readonly byId: Table<Build>
}

export const noBuilds: Builds = { byId: Table.empty }
