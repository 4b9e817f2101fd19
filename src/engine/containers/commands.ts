import type { Snapshot } from '../../storage/file-system.ts'
import type { Config, EndpointConfig, HostConfig, Resources, RestartPolicy } from './config.ts'
import type { ContainerFileCommands } from './file-commands.ts'
import type { PruneFilters } from './prune.ts'
import type { ContainerStreamCommands } from './stream-commands.ts'

/** `id` is whatever the caller calls the container: name, id or the beginning of an id. */
export interface ByRef {
  readonly id: string
}

/** Seconds, below zero for ever; `undefined` is the container's own. */
export interface Grace {
  readonly signal: string
  readonly timeout: number | undefined
}

/** What can be asked of the domain, by operationId; those of the shell have no operationId and say so. */
export interface ContainerCommands extends ContainerStreamCommands, ContainerFileCommands {
  ContainerCreate: CreateRequest
  /** `hostConfig` only from clients that speak API 1.23 or older. */
  ContainerStart: ByRef & { readonly hostConfig?: HostConfig }
  ContainerStop: ByRef & Grace
  ContainerRestart: ByRef & Grace
  ContainerKill: ByRef & { readonly signal: string }
  ContainerPause: ByRef
  ContainerUnpause: ByRef
  ContainerRename: ByRef & { readonly name: string }
  ContainerUpdate: ByRef & { readonly resources: Resources; readonly restartPolicy: RestartPolicy }
  ContainerDelete: ByRef & { readonly force: boolean; readonly volumes: boolean; readonly link: boolean }
  ContainerPrune: PruneFilters
  /** From a timer: the grace of a stop is over. */
  ContainerStopTimeout: ByRef
  /** From a timer: the back-off of the restart policy is over. */
  ContainerRestartDue: ByRef
  /** From the shell: the main process is gone. */
  ContainerExit: { readonly id: string; readonly exitCode: number }
  /** From the shell: the limit of memory was hit. */
  ContainerOom: { readonly id: string }
  /** From the shell: programs have changed the root file system. */
  ContainerWrite: { readonly id: string; readonly root: Snapshot }
}

/** `POST /containers/create`. */
export interface CreateRequest {
  /** As given; empty: the daemon makes one up. */
  readonly name: string
  readonly config: Config
  readonly hostConfig: HostConfig
  readonly endpoints: Readonly<Record<string, EndpointConfig | null>> | null
  /** As given; empty: the daemon's own. */
  readonly platform: string
}
