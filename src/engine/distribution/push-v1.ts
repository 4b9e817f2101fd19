import { Problem } from '../../core/problem.ts'
import { utf8 } from '../../http/json-lines.ts'
import { domainOf, familiar, familiarName, type Reference } from '../images/reference.ts'
import { pushReference } from './asked-reference.ts'
import { type LinkV1, linksOf } from './chain-v1.ts'
import type { Topics } from './commands.ts'
import { ImagePushV1 } from './push-image-v1.ts'
import { pathOf } from './repository.ts'
import { quotedBody, SessionV1 } from './session-v1.ts'
import { taggedImages } from './tagged-images.ts'
import type { Known, Outcome, Talk, Telling } from './talk.ts'

/** `POST /images/{name}/push` as docker did it up to 1.5: Index, registry, Index. docker: graph/push.go */
export function* pushV1(request: Topics['ImagePush'], telling: Telling): Talk<Outcome> {
  const reference = pushReference(request)
  const name = familiarName(reference.name)
  const path = pathOf(reference.name)
  const plan = imagesToPush(reference, telling.known, telling.lines)
  telling.lines.push({ status: 'Sending image list' })
  const session = new SessionV1(domainOf(reference.name), request.credentials)
  yield* session.ping()
  yield* begin(session, path, plan)
  const count = [...plan.values()].reduce((sum, { tags }) => sum + tags.length, 0)
  for (const endpoint of session.endpoints) {
    telling.lines.push({ status: `Pushing repository ${name} (${count} tags)` })
    const run = new ImagePushV1(session, endpoint, request.era, telling)
    for (const { link, tags } of plan.values()) {
      yield* run.one(link)
      for (const tag of tags) yield* run.tag(path, tag, link.id)
    }
  }
  yield* end(session, path)
  telling.events.push({ type: 'image.push', reference: familiar(reference), name })
  return {}
}

/** What is pushed: images in order, root first, each once, with the tags that it is to have. */
type Plan = ReadonlyMap<string, { readonly link: LinkV1; readonly tags: string[] }>

function imagesToPush(reference: Reference, known: Known, lines: unknown[]): Plan {
  const name = familiarName(reference.name)
  const tagged = taggedIfAny(reference, known)
  lines.push({ status: `The push refers to a repository [${name}] (len: ${Math.max(1, tagged.length)})` })
  if (tagged.length === 0) throw new Problem('System', 'No images found for the requested repository / tag')
  const plan = new Map<string, { link: LinkV1; tags: string[] }>()
  for (const [tag, image] of tagged) {
    const links = linksOf(image, known)
    for (const link of links) if (!plan.has(link.id)) plan.set(link.id, { link, tags: [] })
    plan.get(links.at(-1)!.id)!.tags.push(tag)
  }
  return plan
}

/** A repository that is not here at all is told of before the first line; a tag that is not, after it. */
function taggedIfAny(reference: Reference, known: Known): ReturnType<typeof taggedImages> {
  const { name, tag } = reference
  try {
    return taggedImages(reference, known)
  } catch (thrown) {
    if (tag !== undefined && known.images.references.keys().some((text) => text.startsWith(`${name}:`))) return []
    throw thrown instanceof Problem ? new Problem('System', `Repository does not exist: ${familiarName(name)}`) : thrown
  }
}

/** The Index is told what will come, and gives a token and the registries. */
function* begin(session: SessionV1, path: string, plan: Plan): Talk<void> {
  const list = [...plan.values()].flatMap(({ link: { id }, tags }) =>
    tags.length === 0 ? [{ id }] : tags.map((Tag) => ({ id, Tag })),
  )
  const answer = yield* session.ask({
    method: 'PUT',
    path: `repositories/${path}/`,
    headers: { 'content-type': 'application/json' },
    body: utf8(JSON.stringify(list)),
  })
  if (answer.status === 200 || answer.status === 201) return
  if (answer.status === 401) throw new Problem('Unauthorized', 'Authentication is required.')
  const words = `Error: Status ${answer.status} trying to push repository ${path}: ${quotedBody(answer)}`
  throw new Problem('System', words)
}

/** docker since 0.8 has nothing more to say of the images. */
function* end(session: SessionV1, path: string): Talk<void> {
  const answer = yield* session.ask({
    method: 'PUT',
    path: `repositories/${path}/images`,
    headers: { 'content-type': 'application/json', 'x-docker-endpoints': session.endpoints.join(', ') },
    body: utf8('[]'),
  })
  const words = `Error: Status ${answer.status} trying to push checksums ${path}: ${quotedBody(answer)}`
  if (answer.status !== 204) throw new Problem('System', words)
}
