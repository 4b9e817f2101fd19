import type { Instant } from '../core/instant.ts'
import { noTimers, type Timers } from '../core/timers.ts'
import { type Builds, noBuilds } from './build/build.ts'
import type { EngineCommand } from './commands.ts'
import { type Containers, noContainers } from './containers/container.ts'
import { type Distribution, noDistribution } from './distribution/distribution.ts'
import { type EventLog, noMessages } from './events/event-log.ts'
import { type Execs, noExecs } from './exec/exec.ts'
import { type Images, noImages } from './images/image.ts'
import { type Networks, noNetworks } from './networks/network.ts'
import { defaultHost, type Host } from './system/host.ts'
import { noVolumes, type Volumes } from './volumes/volume.ts'
import type { Web } from './web.ts'

/** The whole daemon as persistent data: a fork of it is a reference. */
export interface EngineState {
  readonly now: Instant
  readonly timers: Timers<EngineCommand>
  /** What the daemon knows of its machine; options of the tank, never changed by a command. */
  readonly host: Host
  /** What can be downloaded in its world; options of the tank, too. */
  readonly web: Web
  readonly builds: Builds
  readonly containers: Containers
  readonly distribution: Distribution
  readonly execs: Execs
  readonly images: Images
  readonly networks: Networks
  readonly volumes: Volumes
  /** The last 256 messages of `GET /events`. */
  readonly events: EventLog
}

export const emptyEngine: EngineState = {
  now: 0,
  timers: noTimers,
  host: defaultHost,
  web: {},
  builds: noBuilds,
  containers: noContainers,
  distribution: noDistribution,
  execs: noExecs,
  images: noImages,
  networks: noNetworks,
  volumes: noVolumes,
  events: noMessages,
}
