import { Problem } from '../../core/problem.ts'
import type { EngineState } from '../state.ts'
import type { HostConfig } from './config.ts'
import { type Link, none } from './container.ts'
import { find } from './find.ts'

/** `name:alias`, or a name alone. moby: Daemon.registerLinks */
export function links(state: EngineState, hostConfig: HostConfig): readonly Link[] {
  if (!hostConfig.links?.length) return none
  return hostConfig.links.map((link) => {
    const [name = '', alias = name.replace(/^\//, ''), ...more] = link.split(':')
    if (link === '') throw new Problem('InvalidParameter', 'empty string specified for links')
    if (more.length > 0) throw new Problem('InvalidParameter', `bad format for links: ${link}`)
    const child = childOf(state, name)
    if (child.hostConfig.networkMode === 'host')
      throw new Problem(
        'InvalidParameter',
        "conflicting options: host type networking can't be used with links. This would result in undefined behavior",
      )
    return { id: child.id, alias: alias.slice(alias.lastIndexOf('/') + 1) }
  })
}

function childOf(state: EngineState, name: string) {
  try {
    return find(state, name)
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    const words = `could not get container for ${name}: ${problem.message}`
    throw new Problem(problem.kind === 'NotFound' ? 'InvalidParameter' : problem.kind, words)
  }
}
