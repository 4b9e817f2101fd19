import { type Instant, ZERO_TIME } from '../../../core/instant.ts'
import { Problem } from '../../../core/problem.ts'
import { parseRfc3339 } from '../../../core/rfc3339.ts'
import { as, bool, decode, list, nullable, string, struct } from '../../../http/go-json.ts'
import { readJson } from '../../../http/go-json-text.ts'
import { config } from '../../containers/config.ts'
import type { ImageFacts } from './image-json.ts'

const historySchema = struct('History', {
  created: as('created', string),
  createdBy: as('created_by', string),
  author: as('author', string),
  comment: as('comment', string),
  emptyLayer: as('empty_layer', bool),
})

const imageSchema = struct('Image', {
  architecture: as('architecture', string),
  os: as('os', string),
  variant: as('variant', string),
  author: as('author', string),
  comment: as('comment', string),
  created: as('created', string),
  dockerVersion: as('docker_version', string),
  container: as('container', string),
  containerConfig: as('container_config', nullable(config)),
  config: as('config', nullable(config)),
  history: as('history', list(historySchema, '[]image.History')),
  rootfs: as('rootfs', nullable(struct('RootFS', { type: as('type', string), diffIds: as('diff_ids', list(string)) }))),
})

/** What an image's config file says; refuses what is none. */
export function readImageJson(bytes: Uint8Array): ImageFacts {
  const read = readJson(new TextDecoder().decode(bytes))
  if ('error' in read) throw new Problem('System', read.error)
  const image = decode(imageSchema, read.value)
  if (!image.rootfs) throw new Problem('System', 'invalid image JSON, no RootFS key')
  return {
    architecture: image.architecture,
    os: image.os || 'linux',
    variant: image.variant,
    author: image.author,
    comment: image.comment,
    created: instantOf(image.created),
    createdText: image.created,
    dockerVersion: image.dockerVersion,
    container: image.container,
    containerConfig: image.containerConfig,
    config: image.config ?? config.zero,
    history: (image.history ?? []).map((step) => ({
      ...step,
      created: instantOf(step.created),
      createdText: step.created,
    })),
    layers: image.rootfs.diffIds ?? [],
  }
}

const instantOf = (text: string): Instant => parseRfc3339(text) ?? ZERO_TIME
