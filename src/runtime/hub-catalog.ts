import { alpine, alpine318, alpine319 } from '../engine/images/official/alpine.ts'
import { busybox } from '../engine/images/official/busybox.ts'
import { bullseye, debian } from '../engine/images/official/debian.ts'
import { helloWorld } from '../engine/images/official/hello-world.ts'
import { jammy, noble } from '../engine/images/official/ubuntu.ts'
import { LANGUAGE_IMAGES } from './language-images.ts'
import type { Offer } from './offer.ts'
import { PROGRAM_IMAGES } from './service-images.ts'

const GLIBC = ['glibc', '1-glibc', '1.36-glibc', '1.36.1-glibc', 'stable-glibc']

/** What everybody finds on Docker Hub. */
export const hubCatalog: readonly Offer[] = [
  {
    name: 'library/busybox',
    description: 'Busybox base image.',
    stars: 3300,
    images: [{ tags: ['latest', '1', '1.36', '1.36.1', 'stable', ...GLIBC], image: busybox }],
  },
  {
    name: 'library/alpine',
    description: 'A minimal Docker image based on Alpine Linux with a complete package index and only 5 MB in size!',
    stars: 11_000,
    images: [
      { tags: ['latest', '3', '3.20', '3.20.3'], image: alpine },
      { tags: ['3.19', '3.19.4'], image: alpine319 },
      { tags: ['3.18', '3.18.9'], image: alpine318 },
    ],
  },
  {
    name: 'library/hello-world',
    description: 'Hello World! (an example of minimal Dockerization)',
    stars: 2400,
    images: [{ tags: ['latest', 'linux'], image: helloWorld }],
  },
  {
    name: 'library/debian',
    description: "Debian is a Linux distribution that's composed entirely of free and open-source software.",
    stars: 5200,
    images: [
      {
        tags: ['latest', '12', '12.8', 'stable', 'bookworm', 'bookworm-slim', '12-slim', 'stable-slim'],
        image: debian,
      },
      { tags: ['11', '11.11', 'oldstable', 'bullseye', 'bullseye-slim', '11-slim'], image: bullseye },
    ],
  },
  {
    name: 'library/ubuntu',
    description: 'Ubuntu is a Debian-based Linux operating system based on free software.',
    stars: 17_000,
    images: [
      { tags: ['latest', '24.04', 'noble'], image: noble },
      { tags: ['22.04', 'jammy'], image: jammy },
    ],
  },
  ...LANGUAGE_IMAGES,
  ...PROGRAM_IMAGES,
]
