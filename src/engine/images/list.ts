import { Problem } from '../../core/problem.ts'
import { parseTimestamp } from '../../core/timestamp.ts'
import { type Filters, filterFlag, filterLabels } from '../../http/filters.ts'
import { matchGlob } from '../../http/glob.ts'
import type { EngineState } from '../state.ts'
import { find } from './find.ts'
import type { Image } from './image.ts'
import { familiar, familiarName, type Reference } from './reference.ts'
import { referencesById } from './references.ts'

export interface ListOptions {
  /** Also images that are only steps of others. */
  readonly all: boolean
  readonly filters: Filters
}

/** An image in a list with those of its references that the filters let through. */
export interface Listed {
  readonly image: Image
  readonly references: readonly Reference[]
}

export const IMAGE_FILTERS: ReadonlySet<string> = new Set([
  'before',
  'dangling',
  'label',
  'reference',
  'since',
  'until',
])

/** Newest first. moby: daemon/images/images.go Images */
export function list(state: EngineState, { all, filters }: ListOptions): Listed[] {
  const { images } = state
  const dangling = filters.has('dangling') ? filterFlag(filters, 'dangling', false) : undefined
  const inTime = timeFilter(state, filters)
  const patterns = filters.get('reference')
  const byId = referencesById(images)
  const parents = new Set(images.byId.values().map(({ parent }) => parent))
  return images.byId
    .values()
    .filter((image) => inTime(image) && filterLabels(filters, image.config.labels))
    .flatMap((image): Listed[] => {
      const references = byId.get(image.id) ?? []
      const shown = patterns
        ? references.filter((reference) => patterns.some((one) => matches(one, reference)))
        : references
      if (shown.length > 0) return dangling === true ? [] : [{ image, references: shown }]
      const step = parents.has(image.id) && !all
      return step || patterns || dangling === false ? [] : [{ image, references: [] }]
    })
    .sort((a, b) => b.image.created - a.image.created)
}

function timeFilter(state: EngineState, filters: Filters): (image: Image) => boolean {
  const before = filters.get('before')?.map((name) => find(state.images, name).created)
  const since = filters.get('since')?.map((name) => find(state.images, name).created)
  const until = filters.get('until')?.map((text) => {
    const at = parseTimestamp(text, state.now)
    if (at === undefined)
      throw new Problem('System', `failed to parse value as time or duration: ${JSON.stringify(text)}`)
    return at
  })
  return ({ created }) =>
    (before ?? []).every((at) => created < at) &&
    (since ?? []).every((at) => created > at) &&
    (until ?? []).every((at) => created < at)
}

/** reference.FamiliarMatch: the whole familiar reference, or its name alone, as a glob. */
function matches(pattern: string, reference: Reference): boolean {
  return matchGlob(pattern, familiar(reference)) || matchGlob(pattern, familiarName(reference.name))
}
