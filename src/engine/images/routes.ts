import { builder } from '#builder'
import { Problem } from '../../core/problem.ts'
import { type Filters, parseFilters } from '../../http/filters.ts'
import type { Input } from '../../http/input.ts'
import { progressLine } from '../../http/json-lines.ts'
import { failing } from '../../http/progress.ts'
import { queryFlag, queryFlagOr } from '../../http/query.ts'
import { type Answer, empty, json } from '../../http/reply.ts'
import { verifyPlatform } from '../containers/platform.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { surface } from '../surface.ts'
import type { EngineRoute } from '../verb.ts'
import { type Feature, supports } from '../versions.ts'
import { removalJson } from './delete.ts'
import { find } from './find.ts'
import type { Image } from './image.ts'
import { IMAGE_FILTERS, list } from './list.ts'
import { removalsOf } from './removals.ts'
import { commitRequest } from './wire/commit-request.ts'
import { decodePlatform } from './wire/decode-platform.ts'
import { history } from './wire/history.ts'
import { inspect } from './wire/inspect.ts'
import { loadLines } from './wire/load-lines.ts'
import { platformOf, platformsOf } from './wire/platform-request.ts'
import { summary } from './wire/summary.ts'

const PRUNE_FILTERS: ReadonlySet<string> = new Set(['dangling', 'label', 'label!', 'until'])

const reclaimed = (events: readonly EngineEvent[]) =>
  events.find((event) => event.type === 'image.prune')?.reclaimed ?? 0

/** A progress stream that is whole at once. */
const progress = (lines: readonly unknown[]): Answer => ({
  status: 200,
  headers: [['Content-Type', 'application/json']],
  bytes: lines.map(progressLine),
})

/** A glob of names that stands beside the filters. */
const withGlob = (filters: Filters, glob: string | null): Filters =>
  glob === null || glob === ''
    ? filters
    : new Map([...filters, ['reference', [...(filters.get('reference') ?? []), glob]]])

const archive = (parts: readonly Uint8Array[]): Answer => ({
  status: 200,
  headers: [['Content-Type', 'application/x-tar']],
  bytes: parts,
})

/** The image asked for, which must be of the platform asked for. */
function ofPlatform({ params, query, version }: Input, since: Feature, { images }: EngineState): Image {
  const platform = (supports(version, since) && query.get('platform')) || ''
  const wanted = platform === '' ? undefined : decodePlatform(platform)
  if (wanted && since === 'inspectPlatform' && queryFlag(query, 'manifests'))
    throw new Problem('InvalidParameter', 'conflicting options: manifests and platform options cannot both be set')
  const image = find(images, params.name!)
  if (wanted) verifyPlatform(image, params.name!, wanted)
  return image
}

export const imageRoutes: readonly EngineRoute[] = [
  {
    method: 'GET',
    path: '/images/json',
    operationId: 'ImageList',
    reply: ({ state, input: { query, version } }) => {
      const filters = parseFilters(query.get('filters'), IMAGE_FILTERS)
      const listed = list(state, {
        all: queryFlag(query, 'all'),
        filters: supports(version, 'imageFilter') ? filters : withGlob(filters, query.get('filter')),
      })
      return json(listed.map((one) => summary(state, one, queryFlag(query, 'shared-size'))))
    },
  },
  {
    method: 'GET',
    path: '/images/*name/json',
    operationId: 'ImageInspect',
    reply: ({ state, input }) => json(inspect(state, ofPlatform(input, 'inspectPlatform', state), input.version)),
  },
  {
    method: 'GET',
    path: '/images/*name/history',
    operationId: 'ImageHistory',
    reply: ({ state, input }) => json(history(state, ofPlatform(input, 'historyPlatform', state))),
  },
  {
    method: 'POST',
    path: '/images/*name/tag',
    operationId: 'ImageTag',
    command: ({ params, query }) => ({
      type: 'ImageTag',
      name: params.name!,
      repo: query.get('repo') ?? '',
      tag: query.get('tag') ?? '',
    }),
    // Without a repo nothing was done, and the daemon does not say 201.
    reply: ({ events }) => empty(events.length > 0 ? 201 : 200),
  },
  {
    method: 'DELETE',
    path: '/images/*name',
    operationId: 'ImageDelete',
    command: (input) => ({
      type: 'ImageDelete',
      name: input.params.name!,
      force: queryFlag(input.query, 'force'),
      noprune: queryFlag(input.query, 'noprune'),
      platform: platformsOf(input),
    }),
    reply: ({ events }) => json(removalJson(removalsOf(events))),
  },
  {
    method: 'POST',
    path: '/images/load',
    operationId: 'ImageLoad',
    command: (input) => ({
      type: 'ImageLoad',
      archive: input.request.body,
      platform: platformOf(input),
    }),
    reply: ({ events, input: { query } }) => progress(loadLines(events, queryFlagOr(query, 'quiet', true))),
    // The head is out before the archive is read.
    refuse: (problem, version) =>
      problem.kind === 'System' ? progress([failing(problem.message)]) : surface.refuse(problem, version),
  },
  {
    method: 'POST',
    path: '/commit',
    operationId: 'ImageCommit',
    command: commitRequest,
    reply: ({ events }) => json({ Id: events.find((event) => event.type === 'image.create')!.id }, 201),
  },
  {
    method: 'GET',
    path: '/images/get',
    operationId: 'ImageGetAll',
    command: (input) => ({ type: 'ImageSave', names: input.query.getAll('names'), platform: platformOf(input) }),
    reply: ({ state, input }) => archive(builder().save(state.images, input.query.getAll('names'), platformOf(input))),
  },
  {
    method: 'GET',
    path: '/images/*name/get',
    operationId: 'ImageGet',
    command: (input) => ({ type: 'ImageSave', names: [input.params.name!], platform: platformOf(input) }),
    reply: ({ state, input }) => archive(builder().save(state.images, [input.params.name!], platformOf(input))),
  },
  {
    method: 'POST',
    path: '/images/prune',
    operationId: 'ImagePrune',
    command: ({ query }) => ({ type: 'ImagePrune', filters: parseFilters(query.get('filters'), PRUNE_FILTERS) }),
    reply: ({ events }) => {
      const removals = removalJson(removalsOf(events))
      return json({ ImagesDeleted: removals.length > 0 ? removals : null, SpaceReclaimed: reclaimed(events) })
    },
  },
]
