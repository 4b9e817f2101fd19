import { Problem } from '../../core/problem.ts'
import { familiar, familiarName, type Reference } from '../images/reference.ts'
import { pullReference } from './asked-reference.ts'
import type { Topics } from './commands.ts'
import { jsonOf, RegistryRefusal, refusalText } from './errors.ts'
import { pullTag } from './pull-tag.ts'
import { Repository } from './repository.ts'
import { need } from './session.ts'
import type { Outcome, Talk, Telling } from './talk.ts'

/** `POST /images/create?fromImage=…`. moby: distribution/pull_v2.go */
export function* pull(request: Topics['ImagePull'], telling: Telling): Talk<Outcome> {
  const reference = pullReference(request)
  try {
    const warnings: object[] = []
    let newer = false
    const repository = new Repository(reference.name, 'pull', request.credentials, telling)
    for (const one of yield* wantedOf(reference, repository)) {
      const pulled = yield* pullTag(repository, one, request.platform, telling)
      newer ||= pulled.newer
      warnings.push(...pulled.warnings)
    }
    const status = newer ? 'Downloaded newer image' : 'Image is up to date'
    telling.lines.push({ status: `Status: ${status} for ${familiar(reference)}` }, ...warnings)
    telling.events.push({ type: 'image.pull', reference: familiar(reference), name: familiarName(reference.name) })
    return {}
  } catch (thrown) {
    throw thrown instanceof Problem ? translated(thrown, reference) : thrown
  }
}

/** What was asked for, or all tags. */
function* wantedOf(reference: Reference, repository: Repository): Talk<readonly Reference[]> {
  yield* repository.ping()
  const { name, tag, digest } = reference
  if (tag !== undefined || digest !== undefined) return [reference]
  const answer = need(yield* repository.ask({ method: 'GET', path: 'tags/list' }))
  const { tags } = jsonOf(answer) as { tags: readonly string[] | null }
  return (tags ?? []).map((tag) => ({ name, tag, digest: undefined }))
}

/** moby: distribution/errors.go translatePullError */
function translated(problem: Problem, reference: Reference): Problem {
  if (!(problem instanceof RegistryRefusal)) return problem
  const [first] = problem.refusals
  const text = refusalText(first!)
  const name = familiarName(reference.name)
  if (first!.code === 'DENIED')
    return new Problem(
      'NotFound',
      `pull access denied for ${name}, repository does not exist or may require 'docker login': ${text}`,
    )
  if (first!.code === 'MANIFEST_UNKNOWN')
    return new Problem('NotFound', `manifest for ${familiar(reference)} not found: ${text}`)
  if (first!.code === 'NAME_UNKNOWN') return new Problem('NotFound', `repository ${name} not found`)
  return new Problem(problem.kind, text)
}
