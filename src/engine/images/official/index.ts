import type { Declaration } from '../declare.ts'
import { alpine } from './alpine.ts'
import { busybox } from './busybox.ts'
import { helloWorld } from './hello-world.ts'

/** What the daemon has in its store at the start of the world, by canonical reference. */
export const initialImages: Readonly<Record<string, Declaration>> = {
  'docker.io/library/busybox:1.36': busybox,
  'docker.io/library/alpine:3.20': alpine,
  'docker.io/library/hello-world:latest': helloWorld,
}
