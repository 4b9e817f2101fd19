import type { Input } from '../../http/input.ts'
import { noSuchRepository } from './errors.ts'

/** Of a repository itself: with a namespace or an official one's, with a slash at the end (docker) or without (curl). */
export const REPOSITORY: readonly string[] = [
  '/v1/repositories/:repository/',
  '/v1/repositories/:repository',
  '/v1/repositories/:namespace/:repository/',
  '/v1/repositories/:namespace/:repository',
]

const NAME = /^(?:[a-z0-9_.-]{2,255}\/)+[a-z0-9_.-]+$/

/** The name of a path; `busybox` is `library/busybox`. Docker took no other than these, so no other is found. */
export function nameOf({ params }: Input): string {
  const { name = params.repository!, namespace } = params
  const whole = namespace === undefined ? name : `${namespace}/${name}`
  const full = whole.includes('/') ? whole : `library/${whole}`
  if (!NAME.test(full)) throw noSuchRepository()
  return full
}
