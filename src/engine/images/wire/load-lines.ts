import { progressing } from '../../../http/progress.ts'
import type { EngineEvent } from '../../events.ts'
import { familiar, parseReference, withDefaultTag } from '../reference.ts'

/** How often a reader of a layer tells how far it is. */
const STEP = 524_288

/** The stream of `docker load`. */
export function loadLines(events: readonly EngineEvent[], quiet: boolean): unknown[] {
  return events.flatMap((event): unknown[] => {
    if (event.type !== 'image.load') return []
    const loading = quiet ? [] : event.fresh.flatMap(({ diffId, tar }) => layerLines(diffId, tar.length))
    const names = event.names.map((name) => familiar(withDefaultTag(parseReference(name))))
    const loaded =
      names.length > 0 ? names.map((name) => `Loaded image: ${name}\n`) : [`Loaded image ID: ${event.id}\n`]
    return [...loading, ...loaded.map((stream) => ({ stream }))]
  })
}

function layerLines(diffId: string, total: number): unknown[] {
  const id = diffId.slice('sha256:'.length, 'sha256:'.length + 12)
  const at = Array.from({ length: Math.floor(total / STEP) }, (_, i) => (i + 1) * STEP).filter(
    (current) => current < total,
  )
  return [...at, total].map((current) => progressing('Loading layer', id, current, total))
}
