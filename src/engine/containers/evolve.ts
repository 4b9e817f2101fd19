import type { EngineEvolution } from '../verb.ts'
import { attachmentsEvolution, renamedAttachments } from './attachments-evolve.ts'
import { change } from './change.ts'
import type { Containers, Flags } from './container.ts'
import type { ContainerEvents } from './events.ts'
import { endStreams, forgetStreams, streamEvolution } from './stream-evolve.ts'

export const containersEvolution: EngineEvolution<Containers, ContainerEvents> = {
  ...streamEvolution,
  ...attachmentsEvolution,
  'container.create': (slice, { container, root }) => {
    const { id, name, base } = container
    const byId = slice.byId.set(id, container)
    const names = slice.names.set(name, id)
    const roots = root === base ? slice.roots : slice.roots.set(id, root)
    return withLinkNames({ ...slice, byId, names, roots }, id)
  },
  'container.reconfigure': (slice, { id, hostConfig, mounts, attachments, links }) =>
    change(slice, id, () => ({ hostConfig, mounts, attachments, links })),
  'container.start': (slice, { id, pid, byPolicy, at }) =>
    change(slice, id, (container) => ({
      restartCancelled: false,
      prepared: 'log',
      flags: { ...container.flags, ...started, pid, startedAt: at },
      ...(byPolicy ? {} : { restartCount: 0, restartDelay: 0, manuallyStopped: false }),
    })),
  'container.start_failed': (slice, { id, exitCode, error, prepared, at }) =>
    change(slice, id, (container) => ({
      prepared,
      flags: container.flags.restarting
        ? { ...container.flags, ...stopped, exitCode, error, finishedAt: at }
        : { ...container.flags, exitCode, error },
    })),
  'container.kill': (slice, { id, ends }) =>
    change(slice, id, ({ restartCancelled }) => ({
      manuallyStopped: true,
      restartCancelled: restartCancelled || ends,
    })),
  'container.pending': (slice, { id, pending }) =>
    change(slice, id, (container) => ({
      pending: [...container.pending, pending],
      flags: pending.verb === 'destroy' ? { ...container.flags, removing: true } : container.flags,
    })),
  'container.die': (slice, { id, exitCode, restartDelay, at }) =>
    endStreams(
      change(slice, id, (container) => {
        const again = restartDelay !== undefined
        return {
          pending: [],
          restartDelay: restartDelay ?? container.restartDelay,
          restartCount: container.restartCount + (again ? 1 : 0),
          flags: { ...container.flags, ...stopped, running: again, restarting: again, exitCode, finishedAt: at },
        }
      }),
      id,
      at,
    ),
  'container.restart_cancel': (slice, { id, at }) =>
    change(slice, id, ({ flags }) => ({
      manuallyStopped: true,
      restartCancelled: true,
      flags: { ...flags, ...stopped, finishedAt: at },
    })),
  'network.share': (slice, { container, owner }) => {
    const config = slice.byId.get(owner)?.config
    if (!config) return slice
    const { hostname, domainname } = config
    return change(slice, container, (joined) => ({ config: { ...joined.config, hostname, domainname } }))
  },
  'container.oom': (slice, { id }) => flag(slice, id, { oomKilled: true }),
  'container.stop': (slice) => slice,
  'container.restart': (slice) => slice,
  'container.pause': (slice, { id }) => flag(slice, id, { paused: true }),
  'container.unpause': (slice, { id }) => flag(slice, id, { paused: false }),
  'container.rename': (slice, { id, name, oldName }) => {
    const renamed = change(withoutLinkNames(slice, id), id, (container) => ({
      name,
      attachments: renamedAttachments(container, name),
    }))
    const names = renamed.names.delete(oldName).set(name, id)
    return withLinkNames({ ...renamed, names }, id)
  },
  'container.update': (slice, { id, hostConfig }) => change(slice, id, () => ({ hostConfig })),
  'container.unlink': (slice, { id, alias }) =>
    withLinkNames(
      change(withoutLinkNames(slice, id), id, ({ links }) => ({
        links: links.filter((link) => link.alias !== alias),
      })),
      id,
    ),
  'container.destroy': (slice, { id }) => forgetStreams(forget(slice, id), id),
  'container.prune': (slice) => slice,
  // Nothing where the container is gone.
  'container.write': (slice, { id, root }) =>
    slice.byId.has(id) ? { ...slice, roots: slice.roots.set(id, root) } : slice,
}

const started: Partial<Flags> = {
  running: true,
  paused: false,
  restarting: false,
  oomKilled: false,
  exitCode: 0,
  error: '',
}

const stopped: Partial<Flags> = { running: false, paused: false, restarting: false, pid: 0 }

function flag(slice: Containers, id: string, flags: Partial<Flags>): Containers {
  return change(slice, id, (container) => ({ flags: { ...container.flags, ...flags } }))
}

function forget(slice: Containers, id: string): Containers {
  const container = slice.byId.get(id)
  if (!container) return slice
  const unlinked = withoutLinkNames(slice, id)
  const names = [container.name, ...container.linkNames]
  return {
    ...unlinked,
    byId: unlinked.byId.delete(id),
    names: names.reduce((table, name) => table.delete(name), unlinked.names),
    roots: unlinked.roots.delete(id),
  }
}

/** Those that a container links to have names of its: `web/db`. */
function withLinkNames(slice: Containers, parent: string): Containers {
  return linked(slice, parent).reduce(
    (next, { id, name }) => ({
      ...change(next, id, ({ linkNames }) => ({ linkNames: [...linkNames, name].sort() })),
      names: next.names.set(name, id),
    }),
    slice,
  )
}

function withoutLinkNames(slice: Containers, parent: string): Containers {
  return linked(slice, parent).reduce(
    (next, { id, name }) => ({
      ...change(next, id, ({ linkNames }) => ({ linkNames: linkNames.filter((one) => one !== name) })),
      names: next.names.delete(name),
    }),
    slice,
  )
}

/** Links whose container is still there. */
function linked(slice: Containers, parent: string): readonly { id: string; name: string }[] {
  const container = slice.byId.get(parent)
  return (container?.links ?? []).flatMap(({ id, alias }) =>
    slice.byId.has(id) ? [{ id, name: `${container!.name}/${alias}` }] : [],
  )
}
