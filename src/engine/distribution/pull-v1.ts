import { Problem } from '../../core/problem.ts'
import type { Answer } from '../../http/reply.ts'
import { domainOf, familiar, familiarName, type Reference } from '../images/reference.ts'
import { pullReference } from './asked-reference.ts'
import type { Topics } from './commands.ts'
import { checkName } from './name-v1.ts'
import { TagPullV1 } from './pull-tag-v1.ts'
import { pathOf } from './repository.ts'
import { quotedBody, SessionV1, stringsOf } from './session-v1.ts'
import type { Outcome, Talk, Telling } from './talk.ts'

type Pull = Topics['ImagePull']
type Tags = Readonly<Record<string, string>>

/** `POST /images/create?fromImage=…` as docker did it up to 1.5: Index, tags, images. docker: graph/pull.go */
export function* pullV1(request: Pull, telling: Telling): Talk<Outcome> {
  const reference = pullReference(request)
  if (request.era === '1.3') checkName(reference)
  const name = familiarName(reference.name)
  telling.lines.push({ status: `Pulling repository ${name}` })
  const session = new SessionV1(domainOf(reference.name), request.credentials)
  yield* session.ping()
  yield* askIndex(session, request, reference)
  const { endpoint, tags } = yield* tagsOf(session, reference)
  const run = new TagPullV1(request, reference, session, endpoint, telling)
  for (const [tag, id] of wantedOf(tags, reference)) yield* run.one(tag, id)
  const status = run.newer ? 'Downloaded newer image' : 'Image is up to date'
  telling.lines.push({ status: `Status: ${status} for ${familiar(reference)}` })
  telling.events.push({ type: 'image.pull', reference: familiar(reference), name })
  return {}
}

/** The Index says whether one may, and which registries have it. */
function* askIndex(session: SessionV1, request: Pull, reference: Reference): Talk<void> {
  const answer = yield* session.ask({ method: 'GET', path: `repositories/${pathOf(reference.name)}/images` })
  if (answer.status !== 200) throw refusedBy(answer, request, reference)
}

/** What the Index said; docker 1.3 said less of it. */
function refusedBy(answer: Answer, { era }: Pull, { name, tag }: Reference): Problem {
  if (answer.status === 401) return new Problem('Unauthorized', 'Authentication is required.')
  const early = era === '1.3'
  const shown = tag === undefined || early ? familiarName(name) : `${familiarName(name)}:${tag}`
  if (answer.status === 404) return new Problem('NotFound', `Error: image ${shown} not found`)
  const words = `Error: Status ${answer.status} trying to pull repository ${pathOf(name)}: ${quotedBody(answer)}`
  return new Problem('System', early ? `HTTP code: ${answer.status}` : words)
}

/** From the first registry that knows. */
function* tagsOf(session: SessionV1, { name }: Reference): Talk<{ readonly endpoint: string; readonly tags: Tags }> {
  for (const endpoint of session.endpoints) {
    const path = `repositories/${pathOf(name)}/tags`
    const answer = yield* session.askRegistry(endpoint, { method: 'GET', path })
    if (answer.status === 404) throw new Problem('NotFound', 'Repository not found')
    if (answer.status === 200) return { endpoint, tags: stringsOf(answer) }
  }
  throw new Problem('System', 'Could not reach any registry endpoint')
}

function wantedOf(tags: Tags, { name, tag }: Reference): (readonly [tag: string, id: string])[] {
  if (tag === undefined) return Object.entries(tags)
  const id = Object.hasOwn(tags, tag) ? tags[tag] : undefined
  if (id !== undefined) return [[tag, id]]
  throw new Problem('NotFound', `Tag ${tag} not found in repository ${familiarName(name)}`)
}
