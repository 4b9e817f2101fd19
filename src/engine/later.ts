import { surface } from './surface.ts'
import type { EngineRoute, EngineVerb, EngineVerbs } from './verb.ts'

/** Verbs that are loaded with the first command that wants one of them. */
export function later<Commands>(
  names: Readonly<Record<keyof Commands & string, true>>,
  load: () => EngineVerbs<Commands>,
): EngineVerbs<Commands> {
  const loading = (name: string): EngineVerb<never> => {
    return (state, command, env) => (load() as Readonly<Record<string, EngineVerb<never>>>)[name]!(state, command, env)
  }
  return Object.fromEntries(Object.keys(names).map((name) => [name, loading(name)])) as EngineVerbs<Commands>
}

/** Endpoints, each as `POST /exec/:id/start ExecStart`, that are loaded with the first request to one of them. */
export function laterRoutes(rows: readonly string[], load: () => readonly EngineRoute[]): EngineRoute[] {
  return rows.map((row) => {
    const [method, path, operationId] = row.split(' ') as [string, string, string]
    const route = () => load().find((one) => one.operationId === operationId)!
    return {
      method,
      path,
      operationId,
      command: (input, state) => route().command?.(input, state),
      reply: (context) => route().reply(context),
      refuse: (problem, version) => (route().refuse ?? surface.refuse)(problem, version),
    }
  })
}
