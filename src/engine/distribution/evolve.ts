import type { EngineEvolution } from '../verb.ts'
import type { Distribution, RemoteLayer } from './distribution.ts'
import type { DistributionEvents } from './events.ts'

/** How many places of a layer are remembered. */
const REMEMBERED = 50

export const distributionEvolution: EngineEvolution<Distribution, DistributionEvents> = {
  'distribution.begin': (slice, { conversation }) => ({
    ...slice,
    conversations: slice.conversations.set(conversation.id, conversation),
  }),
  'distribution.ask': (slice) => slice,
  'distribution.answer': (slice, { id, answer }) => {
    const known = slice.conversations.get(id)
    if (!known) return slice
    const told = { ...known, answers: [...known.answers, answer] }
    return { ...slice, conversations: slice.conversations.set(id, told) }
  },
  'distribution.end': (slice, { id }) => ({ ...slice, conversations: slice.conversations.delete(id) }),
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
  'image.refer': (slice) => slice,
  'image.pull': (slice) => slice,
  'image.push': (slice) => slice,
}

const withRemote = (known: readonly RemoteLayer[] = [], remote: RemoteLayer) =>
  [remote, ...known.filter((one) => one.digest !== remote.digest || one.repository !== remote.repository)].slice(
    0,
    REMEMBERED,
  )
