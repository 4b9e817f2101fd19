import { Table } from '../../core/table.ts'
import type { EngineEvolution } from '../verb.ts'
import type { Distribution, RemoteLayer } from './distribution.ts'
import type { DistributionEvents } from './events.ts'
import type { Transfer } from './transfer.ts'

/** How many places of a layer are remembered. */
const REMEMBERED = 50

export const distributionEvolution: EngineEvolution<Distribution, DistributionEvents> = {
  'distribution.begin': (slice, { conversation }) => ({
    ...slice,
    conversations: slice.conversations.set(conversation.id, conversation),
  }),
  'distribution.transfer': (slice, { transfer }) => ({
    ...slice,
    transfers: slice.transfers.set(transfer.key, transfer),
  }),
  'distribution.arrive': (slice, { key, answer }) => ({
    ...slice,
    transfers: arrived(slice.transfers, key, answer?.status === 200),
  }),
  'distribution.cancel': (slice, { key }) => ({ ...slice, transfers: slice.transfers.delete(key) }),
  'distribution.answer': (slice, { id, heard }) => {
    const known = slice.conversations.get(id)
    if (!known) return slice
    const told = { ...known, heard: [...known.heard, heard] }
    return { ...slice, conversations: slice.conversations.set(id, told) }
  },
  'distribution.end': (slice, { id }) => {
    const conversations = slice.conversations.delete(id)
    return { ...slice, conversations, transfers: conversations.size > 0 ? slice.transfers : Table.empty }
  },
  'distribution.learn': (slice, { digest, manifest, layers }) => ({
    ...slice,
    manifests: slice.manifests.set(digest, manifest),
    remotes: layers.reduce(
      (all, [diffId, remote]) => all.set(diffId, withRemote(all.get(diffId), remote)),
      slice.remotes,
    ),
    diffIds: layers.reduce((all, [diffId, remote]) => all.set(remote.digest, diffId), slice.diffIds),
  }),
  'distribution.learn-v1': (slice, { images }) => ({
    ...slice,
    imagesV1: images.reduce((all, [id, image]) => all.set(id, image), slice.imagesV1),
  }),
  // Only told of, or another slice's.
  'distribution.ask': (slice) => slice,
  'distribution.say': (slice) => slice,
  'image.refer': (slice) => slice,
  'image.pull': (slice) => slice,
  'image.push': (slice) => slice,
}

/** What cannot be shared is only for those who waited for it. */
function arrived(transfers: Table<Transfer>, key: string, good: boolean): Table<Transfer> {
  const transfer = transfers.get(key)
  if (!good || transfer?.ask.shared === undefined) return transfers.delete(key)
  return transfers.set(key, { ...transfer, conversations: [], there: true })
}

const withRemote = (known: readonly RemoteLayer[] = [], remote: RemoteLayer) =>
  [remote, ...known.filter((one) => one.digest !== remote.digest || one.repository !== remote.repository)].slice(
    0,
    REMEMBERED,
  )
