import type { Build } from './build.ts'

/** All but the prune are silent: `GET /events` tells of the images and containers a build makes. */
export interface BuildEvents {
  /** `lines`: messages of the stream. */
  'build.begin': { readonly build: Build; readonly lines: readonly object[] }
  'build.advance': { readonly build: Build; readonly lines: readonly object[] }
  'build.end': { readonly id: string; readonly lines: readonly object[]; readonly image: string | undefined }
  'builder.prune': { readonly reclaimed: number }
}
