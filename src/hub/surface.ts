import type { Problem } from '../core/problem.ts'
import type { Answer } from '../http/reply.ts'
import { statusOf } from '../http/status.ts'

/** Routes word their refusals themselves (`Route.refuse`): the Index, the registries and the Hub API each have another way. */
export const surface = {
  version: '',
  admit: () => {},
  headers: () => [],
  shape: (answer: Answer) => answer,
  refuse: ({ kind, message }: Problem): Answer => ({ status: statusOf[kind], json: { message } }),
  lost: (): Answer => ({ status: 404, text: '404 page not found\n' }),
}
