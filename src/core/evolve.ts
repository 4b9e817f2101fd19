import type { Stamped } from './decider.ts'

type Row = (slice: unknown, event: unknown) => unknown
type Rows = Readonly<Record<string, Row | undefined>>

/** Each slice of the state listens to the events it has a row for, and touches only itself. */
export function evolveSlices<State extends object, Event extends { readonly type: string }>(
  evolutions: { readonly [K in keyof State]?: object },
): (state: State, event: Stamped<Event>) => State {
  const slices = Object.entries(evolutions) as [keyof State & string, Rows][]
  const listeners = new Map<string, readonly [keyof State & string, Row][]>()
  const listenersOf = (type: string) => {
    const known = listeners.get(type)
    if (known) return known
    const found = slices.flatMap(([name, rows]): [keyof State & string, Row][] => {
      const row = rows[type]
      return row ? [[name, row]] : []
    })
    listeners.set(type, found)
    return found
  }
  return (state, event) => {
    let next: State | undefined
    for (const [name, row] of listenersOf(event.type)) {
      const slice = row(state[name], event)
      if (slice === state[name]) continue
      next ??= { ...state }
      next[name] = slice as State[typeof name]
    }
    return next ?? state
  }
}
