import type { Input } from '../../http/input.ts'
import { utf8 } from '../../http/json-lines.ts'
import type { Answer } from '../../http/reply.ts'
import type { HubState } from '../state.ts'
import type { HubRoute } from '../verb.ts'
import { answerV1, keptHeaders } from './answer.ts'
import { type Allowed, authorize, authorizeRead } from './authorize.ts'
import { imageNotFound, invalidImageId } from './errors.ts'
import { diffOf, type FileRow, filesOf } from './files.ts'
import { findImage, lookupImage } from './find.ts'
import { guarded } from './guarded.ts'
import { checksumOf, type ImageV1, isImageId } from './image.ts'
import { pythonJson } from './python-json.ts'
import { layerAnswer } from './range.ts'

type Read = (image: ImageV1, state: HubState, input: Input, allowed: Allowed) => Answer

/** A read of an image. Whoever asks whether it has changed is told that it has not, without a look. */
const read = (what: string, operationId: string, answer: Read, ask = authorizeRead): HubRoute =>
  guarded({
    method: 'GET',
    path: `/v1/images/:id/${what}`,
    operationId,
    ask,
    kept: true,
    reply: ({ state, input }, allowed) => {
      if (input.request.headers['if-modified-since'] !== undefined) return unchanged(state)
      if (!isImageId(input.params.id!)) throw invalidImageId()
      if (!allowed.layer) throw imageNotFound()
      return answer(findImage(state, whereOf(allowed), input.params.id!), state, input, allowed)
    },
  })

const whereOf = ({ registry, repository = '' }: Allowed) => ({ registry, name: repository })

const unchanged = ({ now }: HubState): Answer => ({
  status: 304,
  headers: keptHeaders(now).filter(([name]) => name !== 'Last-Modified'),
})

const keptJson = (bytes: Uint8Array, { now }: HubState, more: Answer['headers'] = []): Answer => ({
  status: 200,
  headers: [['Content-Type', 'application/json'], ...keptHeaders(now), ...more],
  bytes: [bytes],
})

/** Of a layer that is no archive nothing is known. */
function filesIfAny(image: ImageV1 | undefined): readonly FileRow[] {
  try {
    return image?.layer ? filesOf(image.layer) : []
  } catch {
    return []
  }
}

function diff({ layer, ancestry }: ImageV1, state: HubState, allowed: Allowed): unknown {
  const below = ancestry.slice(1).map((id) => filesIfAny(lookupImage(state, whereOf(allowed), id)))
  return diffOf(filesOf(layer!), below)
}

export const imageRoutes: readonly HubRoute[] = [
  read('json', 'ImageJsonGetV1', (image, state) =>
    keptJson(image.json, state, [
      ['X-Docker-Size', String(image.layer!.length)],
      ['X-Docker-Checksum-Payload', checksumOf(image)],
    ]),
  ),
  read('layer', 'ImageLayerGetV1', ({ layer }, { now }, { request }) =>
    layerAnswer(layer!, request.headers.range, keptHeaders(now)),
  ),
  // It says nothing of what is in the layers, so the Index is not asked.
  read(
    'ancestry',
    'ImageAncestryGetV1',
    ({ ancestry }, state) => keptJson(utf8(pythonJson(ancestry)), state),
    authorizeAny,
  ),
  read('files', 'ImageFilesGetV1', ({ layer }, state) => keptJson(utf8(pythonJson(filesOf(layer!))), state)),
  read('diff', 'ImageDiffGetV1', (image, state, _, allowed) => answerV1(diff(image, state, allowed))),
]

function* authorizeAny(...[input, state]: Parameters<typeof authorize>): ReturnType<typeof authorize> {
  const allowed = yield* authorize(input, state)
  const { listed } = allowed
  return { ...allowed, layer: !listed || listed.has(input.params.id!) }
}
