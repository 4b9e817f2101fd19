import { Problem } from '../../core/problem.ts'
import type { Reference } from '../images/reference.ts'
import { pathOf } from './repository.ts'

/** Refuses names that docker 1.3 did not ask the Index for. docker: registry/registry.go validateRepositoryName */
export function checkName({ name }: Reference): void {
  const path = pathOf(name)
  const slash = path.indexOf('/')
  const namespace = slash < 0 ? 'library' : path.slice(0, slash)
  const rest = path.slice(slash + 1)
  if (!/^[a-z0-9_]{4,30}$/.test(namespace))
    throw refused(`namespace name (${namespace}), only [a-z0-9_] are allowed, size between 4 and 30`)
  if (!/^[a-z0-9-_.]+$/.test(rest)) throw refused(`repository name (${rest}), only [a-z0-9-_.] are allowed`)
}

const refused = (what: string) => new Problem('System', `Invalid ${what}`)
