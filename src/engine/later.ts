import type { EngineVerb, EngineVerbs } from './verb.ts'

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
