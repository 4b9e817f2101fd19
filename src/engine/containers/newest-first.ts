import type { EngineState } from '../state.ts'
import type { Container } from './container.ts'

/** All containers, as every list has them. */
export function newestFirst({ containers }: EngineState): Container[] {
  return containers.byId.values().sort(byAge)
}

export const byAge = (a: Container, b: Container) => b.ordinal - a.ordinal
