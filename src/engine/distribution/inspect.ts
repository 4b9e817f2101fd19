import { Problem } from '../../core/problem.ts'
import { domainOf, parseReference, withDefaultTag } from '../images/reference.ts'
import type { Topics } from './commands.ts'
import { jsonOf } from './errors.ts'
import { type Head, head, manifestBytes, type Platform, readManifest } from './manifest.ts'
import { need, Session } from './session.ts'
import type { Outcome, Talk, Telling } from './talk.ts'

/** `GET /distribution/{name}/json`. moby: api/server/router/distribution */
export function* inspectDistribution(
  { name, credentials }: Topics['DistributionInspect'],
  telling: Telling,
): Talk<Outcome> {
  if (/^[0-9a-f]{64}$/.test(name)) throw new Problem('System', 'no manifest found for full image ID')
  const reference = withDefaultTag(parseReference(name))
  const path = reference.name.slice(reference.name.indexOf('/') + 1)
  const scope = `repository:${path}:pull`
  const session = new Session(domainOf(reference.name), credentials, telling)
  yield* session.ping()
  const found = yield* head(session, path, reference.digest ?? reference.tag!, scope)
  const platforms = yield* platformsOf(session, path, found, scope)
  const { mediaType, digest, size } = found
  return { json: { Descriptor: { mediaType, digest, size }, Platforms: platforms } }
}

function* platformsOf(session: Session, path: string, { digest }: Head, scope: string): Talk<readonly Platform[]> {
  const document = readManifest(yield* manifestBytes(session, path, digest, scope))
  if (document.manifests) return document.manifests.flatMap(({ platform }) => platform ?? [])
  if (!document.config) return []
  const url = `/v2/${path}/blobs/${document.config.digest}`
  const config = jsonOf(need(yield* session.ask({ method: 'GET', path: url, scopes: [scope] }))) as Platform
  const { architecture, os, variant } = config
  return [{ architecture, os, ...(variant ? { variant } : {}) }]
}
