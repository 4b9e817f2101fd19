import type { Table } from '../../../core/table.ts'
import { keyOf } from '../../registry/registry.ts'
import type { HubEvolution } from '../../verb.ts'
import type { Activity, CallEvents } from './activity.ts'

/** It listens to the registry: what is pushed and pulled there is what the Hub API tells of. */
export const activityEvolution: HubEvolution<Activity, CallEvents> = {
  'api.call': (slice, { caller, window }) => ({ ...slice, calls: slice.calls.set(caller, window) }),
  'manifest.add': (slice, event) => {
    const { manifest, tag, account, at } = event
    const pushed = slice.pushed.set(keyOf(event, manifest.digest), at)
    if (tag === undefined) return { ...slice, pushed }
    const key = keyOf(event, tag)
    const { created = at, creator = account } = slice.tags.get(key) ?? {}
    const record = { digest: manifest.digest, created, updated: at, creator, updater: account }
    return { ...slice, pushed, tags: slice.tags.set(key, record) }
  },
  'manifest.pull': (slice, event) => ({
    ...slice,
    pulled: slice.pulled.set(keyOf(event, event.digest), event.at),
  }),
  'tag.delete': (slice, event) => ({ ...slice, tags: slice.tags.delete(keyOf(event, event.tag)) }),
  'manifest.delete': (slice, event) => {
    const named = slice.tags.keysUnder(keyOf(event)).filter((key) => slice.tags.get(key)?.digest === event.digest)
    return {
      ...slice,
      tags: named.reduce((tags, key) => tags.delete(key), slice.tags),
      pushed: slice.pushed.delete(keyOf(event, event.digest)),
      pulled: slice.pulled.delete(keyOf(event, event.digest)),
    }
  },
  'repository.delete': (slice, event) => ({
    ...slice,
    tags: without(slice.tags, keyOf(event)),
    pushed: without(slice.pushed, keyOf(event)),
    pulled: without(slice.pulled, keyOf(event)),
  }),
}

const without = <V>(table: Table<V>, prefix: string): Table<V> =>
  table.keysUnder(prefix).reduce((rest, key) => rest.delete(key), table)
