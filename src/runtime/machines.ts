import type { Instant } from '../core/instant.ts'
import type { EngineEffect } from '../engine/index.ts'
import type { Part } from './conductor.ts'

/** The process machines of the running containers. */
export class Machines implements Part {
  readonly awaited = false
  perform(_effect: EngineEffect): void {}
  work(): boolean {
    return false
  }
  next(): Instant | undefined {
    return undefined
  }
  wake(_now: Instant): void {}
}
