export { Problem } from './core/problem.ts'
export type { Fault, PendingFault } from './hub/faults/fault.ts'
export type { Outlet, Peer, Reader } from './runtime/carry.ts'
export type { FaultInjection } from './runtime/faults.ts'
export type {
  HubAccount,
  HubOrganisation,
  HubOrigin,
  HubRepository,
  HubTeam,
  HubToken,
  RegistryOrigin,
  TaggedImage,
} from './runtime/hub-origin.ts'
export { type ImageHealthcheck, type ImageSpec, image, type NamedImage } from './runtime/image.ts'
export type { ImageFile } from './runtime/image-files.ts'
export type { ImageLike } from './runtime/image-like.ts'
export type { NetworkOrigin } from './runtime/link.ts'
export { type Hijack, hijackOf } from './runtime/respond.ts'
export type { ImageSource } from './runtime/seed.ts'
export { createWavetank, type Snapshot, type Wavetank, type WavetankOptions } from './runtime/wavetank.ts'
