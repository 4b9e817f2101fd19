import { diffToTar } from '../../storage/diff.ts'
import type { Container } from '../containers/container.ts'
import { currentRoot } from '../containers/current-root.ts'
import { find as findContainer } from '../containers/find.ts'
import { mergeConfig } from '../containers/merge-config.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { engineVersion } from '../system/host.ts'
import type { EngineVerb } from '../verb.ts'
import { applyChanges } from './changes.ts'
import type { ImageCommands } from './commands.ts'
import { type Layer, layerOf, layersOf, rootOf } from './layer.ts'
import { makeImage } from './make-image.ts'
import { canonical } from './reference.ts'
import { missingContent } from './save-selection.ts'
import { repoReference } from './tag.ts'

/** An image of a container as it is. moby: daemon/commit.go */
export const commit: EngineVerb<ImageCommands['ImageCommit']> = (state, request, env) => {
  const container = findContainer(state, request.container)
  const reference = repoReference(request.repo, request.tag)
  const config = applyChanges(request.config ?? container.config, request.changes)
  const base = state.images.byId.get(container.image)
  if (container.image !== '' && !base) throw missingContent(container.image)
  const { layers, added } = layersWith(state, container)
  const { image } = makeImage(
    {
      architecture: base?.architecture ?? 'amd64',
      os: 'linux',
      variant: base?.variant ?? '',
      author: request.author,
      comment: request.comment,
      dockerVersion: engineVersion,
      container: container.id,
      containerConfig: container.config,
      created: env.now,
      config: mergeConfig(config, container.config),
      history: [
        ...(base?.history ?? []),
        {
          created: env.now,
          createdBy: (container.config.cmd ?? []).join(' '),
          author: request.author,
          comment: request.comment,
          emptyLayer: !added,
        },
      ],
    },
    layers,
    container.image,
  )
  return standingStill(container, request.pause, [
    { type: 'image.add', image, layers: added ? [added] : [] },
    { type: 'image.create', id: image.id },
    ...(reference ? [{ type: 'image.tag' as const, id: image.id, reference: canonical(reference) }] : []),
    {
      type: 'container.commit',
      id: container.id,
      comment: request.comment,
      image: image.id,
      reference: reference ? canonical(reference) : '',
    },
  ])
}

/** A decision takes no time, so a pause shows in the events only. */
function standingStill({ id, flags }: Container, pause: boolean, events: readonly EngineEvent[]): EngineEvent[] {
  if (!pause || !flags.running || flags.paused || flags.restarting) return [...events]
  return [{ type: 'container.pause', id }, ...events, { type: 'container.unpause', id }]
}

/** The image's layers and one more of what the container changed, if it changed anything. */
export function layersWith(
  { images, containers }: EngineState,
  container: Container,
): { readonly layers: readonly Layer[]; readonly added: Layer | undefined } {
  const own = images.byId.get(container.image)
  const below = layersOf(images, own)
  const tar = diffToTar(container.base, currentRoot(containers, container))
  // An archive of nothing is two blocks of zeros.
  if (tar.length <= 1024) return { layers: below, added: undefined }
  const layer = layerOf(tar, rootOf(images, own))
  return { layers: [...below, layer], added: layer }
}
