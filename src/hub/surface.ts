import { Problem } from '../core/problem.ts'
import type { Input } from '../http/input.ts'
import type { Answer } from '../http/reply.ts'
import { statusOf } from '../http/status.ts'
import { REGISTRY_HOST } from './hosts.ts'
import { registryOf } from './registry/access.ts'
import { lost } from './router.ts'
import type { HubState } from './state.ts'

const noPage = new Problem('NotFound', '404 page not found')

/** Before 2015 the Hub's registry had nothing below `/v2/`. */
function admit(input: Input, { rules }: HubState): void {
  if (!rules.v2 && /^\/v2(\/|$)/.test(input.request.target) && registryOf(input) === REGISTRY_HOST) throw noPage
}

/** Routes word their refusals themselves (`Route.refuse`): the Index, the registries and the Hub API each have another way. */
export const surface = {
  version: '',
  admit,
  headers: () => [],
  shape: (answer: Answer) => answer,
  refuse: (problem: Problem): Answer =>
    problem === noPage
      ? { status: 404, text: `${problem.message}\n` }
      : { status: statusOf[problem.kind], json: { message: problem.message } },
  lost,
}
