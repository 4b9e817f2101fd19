import { builder } from '#builder'
import { progressLine } from '../../http/json-lines.ts'
import type { EngineRoute } from '../verb.ts'
import { whenTold } from './follow.ts'

export const distributionRoutes: readonly EngineRoute[] = [
  {
    method: 'POST',
    path: '/images/create',
    operationId: 'ImageCreate',
    command: (input, state) => builder().createCommand(input, state),
    reply: ({ state, events, input }) => {
      const imported = events.find((event) => event.type === 'image.import')
      if (!imported) return whenTold(events, input.version)
      const source = input.query.get('fromSrc') ?? '-'
      const before = source === '-' ? [] : builder().importSource(state.web, source).lines
      const headers = [['Content-Type', 'application/json']] as const
      return { status: 200, headers, bytes: [...before, { status: imported.id }].map(progressLine) }
    },
  },
  {
    method: 'POST',
    path: '/images/*name/push',
    operationId: 'ImagePush',
    command: (input, state) => builder().pushCommand(input, state),
    reply: ({ events, input }) => whenTold(events, input.version),
  },
  {
    method: 'GET',
    path: '/images/search',
    operationId: 'ImageSearch',
    command: (input) => builder().searchCommand(input),
    reply: ({ events, input }) => whenTold(events, input.version),
  },
  {
    method: 'GET',
    path: '/distribution/*name/json',
    operationId: 'DistributionInspect',
    command: (input) => builder().inspectCommand(input),
    reply: ({ events, input }) => whenTold(events, input.version),
  },
  {
    method: 'POST',
    path: '/auth',
    operationId: 'SystemAuth',
    command: (input, state) => builder().authCommand(input, state),
    reply: ({ events, input }) => whenTold(events, input.version),
  },
]
