import { find, lookup } from '../images/find.ts'
import type { Image } from '../images/image.ts'
import type { EngineState } from '../state.ts'
import type { Build } from './build.ts'

/** An instruction cannot go on before this image was pulled. */
export interface Wanted {
  readonly wanted: string
  /** As in `linux/arm64`; empty is the daemon's own. */
  readonly platform: string
  /** Stands before the reason when the pull fails. */
  readonly failing: string
}

/** An image to build on or to copy from; nothing where it is to be pulled first. moby: GetImageAndReleasableLayer */
export function imageAtHand(state: EngineState, { options, pulled }: Build, name: string): Image | undefined {
  if (pulled === name) return find(state.images, name)
  return options.pull ? undefined : lookup(state.images, name)
}
