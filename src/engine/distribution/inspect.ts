import { Problem } from '../../core/problem.ts'
import { parseReference, withDefaultTag } from '../images/reference.ts'
import type { Topics } from './commands.ts'
import { jsonOf } from './errors.ts'
import { type Head, head, manifestBytes, type Platform, readManifest } from './manifest.ts'
import { Repository } from './repository.ts'
import { need } from './session.ts'
import type { Outcome, Talk, Telling } from './talk.ts'

/** `GET /distribution/{name}/json`. moby: api/server/router/distribution */
export function* inspectDistribution(
  { name, credentials }: Topics['DistributionInspect'],
  telling: Telling,
): Talk<Outcome> {
  if (/^[0-9a-f]{64}$/.test(name)) throw new Problem('System', 'no manifest found for full image ID')
  const reference = withDefaultTag(parseReference(name))
  const repository = new Repository(reference.name, 'pull', credentials, telling)
  yield* repository.ping()
  const found = yield* head(repository, reference.digest ?? reference.tag!)
  const platforms = yield* platformsOf(repository, found)
  const { mediaType, digest, size } = found
  return { json: { Descriptor: { mediaType, digest, size }, Platforms: platforms } }
}

function* platformsOf(repository: Repository, { digest }: Head): Talk<readonly Platform[]> {
  const document = readManifest(yield* manifestBytes(repository, digest))
  if (document.manifests) return document.manifests.flatMap(({ platform }) => platform ?? [])
  if (!document.config) return []
  const path = `blobs/${document.config.digest}`
  const config = jsonOf(need(yield* repository.ask({ method: 'GET', path }))) as Platform
  const { architecture, os, variant } = config
  return [{ architecture, os, ...(variant ? { variant } : {}) }]
}
