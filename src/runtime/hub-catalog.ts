import type { Declaration } from '../engine/images/declare.ts'
import { alpine } from '../engine/images/official/alpine.ts'
import { busybox } from '../engine/images/official/busybox.ts'
import { helloWorld } from '../engine/images/official/hello-world.ts'
import { PROGRAM_IMAGES } from './service-images.ts'

/** A repository of Docker Hub as it stands at the start of the world. */
export interface Offer {
  /** `library/busybox` */
  readonly name: string
  readonly description: string
  readonly stars: number
  /** Each image with its tags. */
  readonly images: readonly { readonly tags: readonly string[]; readonly image: Declaration }[]
}

/** What everybody finds on Docker Hub. */
export const hubCatalog: readonly Offer[] = [
  {
    name: 'library/busybox',
    description: 'Busybox base image.',
    stars: 3300,
    images: [{ tags: ['latest', '1', '1.36', '1.36.1', 'stable', 'glibc'], image: busybox }],
  },
  {
    name: 'library/alpine',
    description: 'A minimal Docker image based on Alpine Linux with a complete package index and only 5 MB in size!',
    stars: 11_000,
    images: [{ tags: ['latest', '3', '3.20', '3.20.3'], image: alpine }],
  },
  {
    name: 'library/hello-world',
    description: 'Hello World! (an example of minimal Dockerization)',
    stars: 2400,
    images: [{ tags: ['latest', 'linux'], image: helloWorld }],
  },
  ...PROGRAM_IMAGES,
]
