import type { Tagged } from '../core/decider.ts'
import type { BuildCommands } from './build/commands.ts'
import type { ContainerCommands } from './containers/commands.ts'
import type { DistributionCommands } from './distribution/commands.ts'
import type { ExecCommands } from './exec/commands.ts'
import type { ImageCommands } from './images/commands.ts'
import type { NetworkCommands } from './networks/commands.ts'
import type { SystemCommands } from './system/commands.ts'
import type { VolumeCommands } from './volumes/commands.ts'

/** Every command of the engine; the names are the operationIds of the official description. */
export type EngineCommands = BuildCommands &
  ContainerCommands &
  DistributionCommands &
  ExecCommands &
  ImageCommands &
  NetworkCommands &
  SystemCommands &
  VolumeCommands

export type EngineCommand = Tagged<EngineCommands>
