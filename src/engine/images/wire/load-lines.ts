import { progressing } from '../../../http/progress.ts'
import type { EngineEvent } from '../../events.ts'
import { familiar, parseCanonical } from '../reference.ts'

/** How often a reader of a layer tells how far it is. */
const STEP = 524_288

/** The stream of `docker load`. */
export function loadLines(events: readonly EngineEvent[], quiet: boolean): unknown[] {
  return [...events.flatMap((event) => linesOf(event, quiet)), ...idLines(events)]
}

function linesOf(event: EngineEvent, quiet: boolean): unknown[] {
  if (event.type === 'image.layer') return quiet ? [] : layerLines(event.name, event.size)
  if (event.type === 'image.displace') return [displaced(event.reference, event.id)]
  if (event.type !== 'image.load') return []
  return event.names.map((name) => ({ stream: `Loaded image: ${shown(name)}\n` }))
}

const displaced = (reference: string, id: string) => ({
  stream: `The image ${shown(reference)} already exists, renaming the old one with ID ${id} to empty string\n`,
})

const shown = (reference: string) => familiar(parseCanonical(reference))

/** Where the last image has no name, the ids of all are told; of no image at all that is an empty line. */
function idLines(events: readonly EngineEvent[]): unknown[] {
  const loaded = events.filter((event) => event.type === 'image.load')
  if ((loaded.at(-1)?.names.length ?? 0) > 0 || (loaded.length === 0 && events.length > 0)) return []
  const stream = loaded.map(({ id }) => `Loaded image ID: ${id}\n`).join('')
  return [stream === '' ? {} : { stream }]
}

function layerLines(id: string, total: number): unknown[] {
  const at = Array.from({ length: Math.floor(total / STEP) }, (_, i) => (i + 1) * STEP).filter(
    (current) => current < total,
  )
  return [...at, total].map((current) => progressing('Loading layer', id, current, total))
}
