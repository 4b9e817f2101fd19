import { Problem } from '../../core/problem.ts'
import { parseFilters } from '../../http/filters.ts'
import { json } from '../../http/reply.ts'
import type { EngineRoute } from '../verb.ts'

const FILTERS: ReadonlySet<string> = new Set(['capability', 'enabled'])

const missing = (name: string) => new Problem('NotFound', `plugin ${JSON.stringify(name)} not found`)

const lookingFor = (method: string, path: string, operationId: string): EngineRoute => ({
  method,
  path,
  operationId,
  reply: ({ input }) => {
    throw missing(input.params.name!)
  },
})

/** A daemon without plugins. To make one is not built. */
export const pluginRoutes: readonly EngineRoute[] = [
  {
    method: 'GET',
    path: '/plugins',
    operationId: 'PluginList',
    reply: ({ input: { query } }) => {
      parseFilters(query.get('filters'), FILTERS)
      return json([])
    },
  },
  lookingFor('GET', '/plugins/*name/json', 'PluginInspect'),
  lookingFor('DELETE', '/plugins/*name', 'PluginDelete'),
  lookingFor('POST', '/plugins/*name/enable', 'PluginEnable'),
  lookingFor('POST', '/plugins/*name/disable', 'PluginDisable'),
  lookingFor('POST', '/plugins/*name/push', 'PluginPush'),
  lookingFor('POST', '/plugins/*name/set', 'PluginSet'),
]
