import type { Env } from '../../core/env.ts'
import type { Containers } from './container.ts'
import { invalidName, nameInUse } from './errors.ts'
import { adjectives, surnames } from './name-words.ts'

const PATTERN = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/
const TRIES = 6

/** A free name, without its slash. `given` may have one slash in front. moby: Daemon.reserveName */
export function reserveName(containers: Containers, given: string): string {
  const name = given.replace(/^\//, '')
  if (!PATTERN.test(name)) throw invalidName(given)
  const holder = containers.names.get(name)
  if (holder !== undefined) throw nameInUse(name, holder)
  return name
}

/** `adjective_surname`, with a digit once that is taken; the short id if all goes wrong. moby: Daemon.generateNewName */
export function generateName(containers: Containers, id: string, env: Env): string {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const words = `${pick(adjectives, env)}_${pick(surnames, env)}`
    const name = attempt === 0 ? words : `${words}${Math.floor(env.random() * 10)}`
    if (!containers.names.has(name)) return name
  }
  return id.slice(0, 12)
}

const pick = (words: readonly string[], env: Env) => words[Math.floor(env.random() * words.length)]!
