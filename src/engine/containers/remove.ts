import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { ContainerCommands } from './commands.ts'
import type { Container } from './container.ts'
import { destroyEvents } from './destroy-events.ts'
import { cannotRemove, defaultLinkName, noSuchContainer, removalInProgress } from './errors.ts'
import { find } from './find.ts'
import { killEvents } from './kill-events.ts'
import { SIGKILL } from './signal.ts'
import { status } from './status.ts'

type Remove = ContainerCommands['ContainerDelete']

/** With `force` a running one is killed first, and goes when its process is gone. moby: daemon/delete.go */
export const remove: EngineVerb<Remove> = (state, { id: ref, force, volumes, link }) => {
  if (link) return removeLink(state, ref)
  const container = find(state, ref)
  const { id, flags } = container
  if (flags.removing) throw removalInProgress(ref)
  if (!flags.running) return destroyEvents(state, container, volumes)
  if (!force) throw cannotRemove(container.name, why(container))
  const kill = killEvents(container, SIGKILL)
  if (flags.restarting) return [...kill, ...destroyEvents(state, container, volumes)]
  return [...kill, { type: 'container.pending', id, pending: { verb: 'destroy', volumes } }]
}

function why({ flags }: Container): string {
  if (flags.paused) return 'paused and must be unpaused first'
  return `${status(flags)}: stop the container before removing or force remove`
}

/** `parent/alias`. moby: Daemon.rmLink */
function removeLink(state: EngineState, ref: string): readonly EngineEvent[] {
  const path = ref.replace(/^\//, '')
  const slash = path.lastIndexOf('/')
  if (slash < 0) {
    find(state, path)
    throw defaultLinkName
  }
  const parent = find(state, path.slice(0, slash))
  const alias = path.slice(slash + 1)
  if (!parent.links.some((one) => one.alias === alias)) throw noSuchContainer(ref)
  return [{ type: 'container.unlink', id: parent.id, alias }]
}
