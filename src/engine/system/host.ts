import type { UsageCurve } from '../containers/usage.ts'
import { instantly, type Link } from '../distribution/link.ts'

/** The machine that the daemon believes to run on. */
export interface Host {
  /** `Name` of /info. */
  readonly name: string
  /** `ID` of /info. */
  readonly id: string
  readonly cpus: number
  /** Bytes. */
  readonly memory: number
  /** Oldest API version that is answered; a real 28.5.2 says 1.24. */
  readonly minApiVersion: string
  /** As Go names it. */
  readonly architecture: 'amd64' | 'arm64'
  /** `uname -r`. */
  readonly kernel: string
  readonly operatingSystem: string
  /** What containers seem to consume: `docker stats` shows it. */
  readonly usage?: UsageCurve
  /** What the daemon speaks to registries. Default `v2`; those who ask by an API before 1.18 get `v1` from Docker Hub. */
  readonly registryProtocol?: 'v1' | 'v2'
  /** How fast registries are reached. */
  readonly link: Link
}

export const engineVersion = '28.5.2'
export const apiVersion = '1.51'
export const storageDriver = 'vfs'

/** What the daemon and its parts say of themselves. */
export const build = {
  gitCommit: '89c5e8f',
  goVersion: 'go1.24.9',
  builtAt: '2025-11-05T14:43:25.000000000+00:00',
  containerd: { version: '1.7.28', commit: 'b98a3aace656320842a23f4a392a33f46af97866' },
  runc: { version: '1.3.0', commit: 'v1.3.0-0-g4ca628d1' },
  init: { version: '0.19.0', commit: 'de40ad0' },
} as const

export const defaultHost: Host = {
  name: 'wavetank',
  id: '7b9cbf2c-7d2f-4f44-8c5c-1f4b6f2f9a10',
  cpus: 2,
  memory: 8_589_934_592,
  minApiVersion: '1.10',
  architecture: 'amd64',
  kernel: '6.12.0',
  operatingSystem: 'wavetank',
  link: instantly,
}
