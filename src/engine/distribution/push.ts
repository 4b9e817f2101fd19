import { Problem } from '../../core/problem.ts'
import { familiar, familiarName } from '../images/reference.ts'
import { pushReference } from './asked-reference.ts'
import type { Topics } from './commands.ts'
import { RegistryRefusal, refusalText } from './errors.ts'
import { TagPush } from './push-tag.ts'
import { Repository } from './repository.ts'
import { taggedImages } from './tagged-images.ts'
import type { Outcome, Talk, Telling } from './talk.ts'

/** `POST /images/{name}/push`: what goes wrong stands in the stream. moby: distribution/push.go, push_v2.go */
export function* push(request: Topics['ImagePush'], telling: Telling): Talk<Outcome> {
  const reference = pushReference(request)
  telling.lines.push({ status: `The push refers to repository [${reference.name}]` })
  try {
    const wanted = taggedImages(reference, telling.known)
    const repository = new Repository(reference.name, 'push,pull', request.credentials, telling)
    const run = new TagPush(repository, telling)
    yield* repository.ping()
    if (reference.digest !== undefined) throw new Problem('System', 'cannot push a digest reference')
    for (const [tag, image] of wanted) yield* run.one(tag, image)
    telling.events.push({ type: 'image.push', reference: familiar(reference), name: familiarName(reference.name) })
    return {}
  } catch (thrown) {
    throw thrown instanceof Problem ? new Problem(thrown.kind, wordsOf(thrown)) : thrown
  }
}

/** Only the first of several refusals, and without the request that a token was for. moby: distribution/errors.go */
function wordsOf(problem: Problem): string {
  if (problem instanceof RegistryRefusal) return refusalText(problem.refusals[0]!)
  return problem.message.replace(
    /^(?:Head|Get|Post|Put|Patch) "[^"]*": (?=unauthorized: |no basic auth credentials)/,
    '',
  )
}
