import { Table } from '../../core/table.ts'
import type { Snapshot } from '../../storage/file-system.ts'
import type { Config, HostConfig } from '../containers/config.ts'
import type { Credentials } from '../distribution/credentials.ts'
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
  /** `linux/arm64`; empty is that of whatever is there. */
  readonly platform: string
  /** Base images are asked for again. */
  readonly pull: boolean
  /** Images whose steps count as made here. */
  readonly cacheFrom: readonly string[]
  /** For the registries that images are pulled from, by the address of each. */
  readonly credentials: Readonly<Record<string, Credentials>>
  /** What the containers of RUN get: network, hosts, limits. */
  readonly hostConfig: Partial<HostConfig>
  /** The stream tells the image's id as data, too. */
  readonly aux: boolean
}

/** A pull that an instruction waits for. */
interface Pulling {
  /** Of the talk with the registry. */
  readonly conversation: string
  readonly image: string
  /** Stands before the reason when it fails. */
  readonly failing: string
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
  /** Ids of the images that `cacheFrom` names, as the present stage found them. */
  readonly cacheSources: readonly string[]
  /** The present instruction was told of already. */
  readonly announced: boolean
  /** What the present instruction waits for. */
  readonly pulling: Pulling | undefined
  /** The image that was pulled for the present instruction. */
  readonly pulled: string | undefined
  /** The container of a RUN that has not ended. */
  readonly running: string | undefined
}

export interface Builds {
  readonly byId: Table<Build>
}

export const noBuilds: Builds = { byId: Table.empty }
