import { SECOND } from '../../core/instant.ts'
import type { Follow } from '../../http/follow.ts'
import { jsonBody } from '../../http/json-lines.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { shaped } from '../versions.ts'
import type { Container } from './container.ts'
import { type Sample, sample, stats } from './wire/stats.ts'

interface Watch {
  readonly before: Sample | undefined
  readonly wakeAt: number
}

const named = ({ name, id }: Container) => ({ name: `/${name}`, id })

function line(
  state: EngineState,
  container: Container,
  now: Sample | undefined,
  before: Sample | undefined,
  version: string,
): unknown {
  const json = { ...named(container), ...stats(state, container, now, before) }
  return shaped({ status: 200, json }, 'ContainerStats', version).json
}

/** One object a second, until the container is removed. One that does not run counts zeros. */
export function statsStream(
  state: EngineState,
  container: Container,
  version: string,
): Follow<EngineState, EngineEvent, Watch> {
  const { id } = container
  const show = (at: EngineState, before: Sample | undefined) => {
    const present = at.containers.byId.get(id)
    if (!present) return { acc: { before, wakeAt: 0 }, done: true }
    const now = sample(at, present)
    const wakeAt = at.now + SECOND
    return { acc: { before: now, wakeAt }, chunks: [jsonBody(line(at, present, now, before, version))], wakeAt }
  }
  return {
    waits: false,
    seed: show(state, undefined),
    step(acc, event, after) {
      if (event.type === 'container.destroy' && event.id === id) return { acc, done: true }
      return after.now >= acc.wakeAt ? show(after, acc.before) : { acc, wakeAt: acc.wakeAt }
    },
  }
}

/** Two looks a second apart, so that the share of the CPU can be told. */
export function statsOnce(
  state: EngineState,
  container: Container,
  version: string,
): Follow<EngineState, EngineEvent, Watch> {
  const before = sample(state, container)
  const acc = { before, wakeAt: state.now + SECOND }
  const answer = (at: EngineState) => {
    const present = at.containers.byId.get(container.id) ?? container
    return { acc, answer: { status: 200, json: line(at, present, sample(at, present), before, version) } }
  }
  return {
    waits: true,
    seed: before ? { acc, wakeAt: acc.wakeAt } : answer(state),
    step: (_, event, after) =>
      after.now >= acc.wakeAt || (event.type === 'container.destroy' && event.id === container.id)
        ? answer(after)
        : { acc, wakeAt: acc.wakeAt },
  }
}

/** One look. The daemon forgets the name of a container that runs. */
export function oneShot(state: EngineState, container: Container, version: string): unknown {
  const now = sample(state, container)
  if (!now) return line(state, container, now, undefined, version)
  return shaped({ status: 200, json: stats(state, container, now, undefined) }, 'ContainerStats', version).json
}
