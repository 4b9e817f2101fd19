import type { Time } from '../programs/duration.ts'
import type { Stage } from '../programs/user/stages.ts'
import type { Behaviour } from '../programs/user/user-program.ts'
import type { ImageFile } from './image-files.ts'

/** What an image is like. Everything may be left out; what is not said is as in the image it starts from. */
export interface ImageSpec {
  /**
   * What it starts from: an image of the tank, of the official catalog (`alpine:3.20`), or another one that was declared. Default `scratch`,
   * which has nothing, not even a shell.
   */
  readonly from?: string | NamedImage
  /**
   * Path → content. A text that begins with `#!` is executable; a path that ends in a slash is a directory; `{ link }` is a symlink. Other
   * modes and owners: `{ content, mode, uid, gid }`.
   */
  readonly files?: Readonly<Record<string, ImageFile>>
  /** A text is run by `/bin/sh -c`, as in a Dockerfile. */
  readonly cmd?: string | readonly string[]
  /** As `cmd`; a new entrypoint drops the `cmd` of the image it starts from. */
  readonly entrypoint?: string | readonly string[]
  /** Added to the variables that are there; `['A=b']` or `{ A: 'b' }`. */
  readonly env?: readonly string[] | Readonly<Record<string, string>>
  /** `80`, `'53/udp'`. */
  readonly expose?: readonly (number | string)[]
  readonly volumes?: readonly string[]
  /** `app`, `1000:1000`. */
  readonly user?: string
  /** Is made where it is not there. */
  readonly workdir?: string
  readonly labels?: Readonly<Record<string, string>>
  /** `SIGQUIT`. */
  readonly stopSignal?: string
  readonly healthcheck?: ImageHealthcheck
  /**
   * What its executable does: stages, or a generator of system calls. The executable is the first word of the entrypoint or the command; where
   * neither is said it is made, and is the entrypoint.
   */
  readonly program?: Behaviour | readonly Stage[]
  /** Seconds since the epoch. Default 2025-01-01T00:00:00Z, so that the id depends on nothing else than what is said here. */
  readonly created?: number
  readonly author?: string
}

/** `HEALTHCHECK` of an image. What is not given is the daemon's default: 30 s, 30 s, 0 s, 3 times. */
export interface ImageHealthcheck {
  /** A text is run by the shell. */
  readonly test: string | readonly string[]
  readonly interval?: Time
  readonly timeout?: Time
  readonly startPeriod?: Time
  readonly retries?: number
}

/** What `image` gives: for `createWavetank({ images: […] })` and `tank.images.add(…)`. */
export interface NamedImage {
  readonly reference: string
  readonly spec: ImageSpec
}

/**
 * Declares an image. The same declaration gives the same id on every machine.
 *
 * @param reference its name, as in `docker run`; without a tag it is `latest`.
 * @example
 * const api = image('acme/api:1', {
 *   from: 'alpine:3.20',
 *   files: { '/etc/api.conf': 'port = 8080\n' },
 *   env: { NODE_ENV: 'test' },
 *   expose: [8080],
 *   program: [{ print: 'listening on 8080', listen: 8080, http: { 'GET /health': 'ok' } }],
 * })
 * const tank = createWavetank({ images: [api] }) // docker run -d acme/api:1
 */
export const image = (reference: string, spec: ImageSpec = {}): NamedImage => ({ reference, spec })
