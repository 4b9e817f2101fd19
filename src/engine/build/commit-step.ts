import type { Env } from '../../core/env.ts'
import type { Problem } from '../../core/problem.ts'
import { type Config, hostConfig } from '../containers/config.ts'
import { create } from '../containers/create.ts'
import type { EngineEvent } from '../events.ts'
import type { Layer } from '../images/layer.ts'
import type { EngineState } from '../state.ts'
import type { Build, Stage } from './build.ts'
import { cached } from './cache.ts'
import { removed, runningIn, usingCache } from './lines.ts'
import { type StepResult, stepImage } from './step-image.ts'

/** A step done: events, lines, and the build after it. */
export interface Done {
  readonly build: Build
  readonly lines: readonly object[]
  readonly events?: readonly EngineEvent[]
  /** The step failed after these lines, and with it the build. */
  readonly failure?: Problem
}

export const withStage = (build: Build, stage: Stage): Build => ({ ...build, stages: build.stages.with(-1, stage) })

/** The stage goes on from an image of the cache, if the step was made before. */
export function fromCache(
  state: EngineState,
  build: Build,
  stage: Stage,
  step: Pick<StepResult, 'config' | 'createdBy'>,
): Done | undefined {
  const hit = cached(state, build, { ...step, parent: stage.image })
  if (!hit) return undefined
  const { id, events, cacheSources } = hit
  const after = withStage({ ...build, cacheSources }, { ...stage, image: id, config: step.config })
  return { build: after, lines: [usingCache], events }
}

/** What a step that ran no program did: what the history says of it, and what it left. */
export interface StepChange {
  readonly what: string
  readonly config: Config
  /** Made when the cache does not know the step. */
  readonly layer?: () => Layer | undefined
  readonly author?: string
}

/** These need no container. */
const isCopy = (what: string) => what.startsWith('COPY ') || what.startsWith('ADD ')
/** These stand in the history with one blank before them, all others with two. */
const isFile = (what: string) => isCopy(what) || what.startsWith('WORKDIR ')

/** ` ---> Using cache`, or a new image. */
export function commitStep(
  state: EngineState,
  build: Build,
  stage: Stage,
  { what, config, layer, author }: StepChange,
  env: Env,
): Done {
  const createdBy = `/bin/sh -c #(nop) ${isFile(what) ? '' : ' '}${what}`
  const known = fromCache(state, build, stage, { config, createdBy })
  if (known) return known
  const by = author === undefined ? {} : { author }
  const { id, events } = stepImage(state, { parent: stage.image, config, createdBy, layer: layer?.(), ...by }, env.now)
  const through = isCopy(what) ? { lines: [] } : throughContainer(state, build, stage, what, env)
  return {
    build: { ...withStage(build, { ...stage, image: id, config }), cacheMissed: true },
    lines: through.lines,
    events: [...events, ...(through.events ?? [])],
  }
}

/** The daemon commits a container that never runs; who asks to keep such containers finds it. */
function throughContainer(
  state: EngineState,
  { options }: Build,
  { image, config }: Stage,
  what: string,
  env: Env,
): Pick<Done, 'lines' | 'events'> {
  if (options.remove || image === '') {
    const id = env.id()
    return { lines: [runningIn(id), ...(options.remove ? [removed(id)] : [])] }
  }
  const own = { ...config, image, cmd: ['/bin/sh', '-c', '#(nop) ', what], entrypoint: [''] }
  const host = { ...hostConfig.zero, ...options.hostConfig }
  const events = create(state, { name: '', config: own, hostConfig: host, endpoints: null, platform: '' }, env)
  const created = events.find((event) => event.type === 'container.create')!
  return { lines: [runningIn(created.container.id)], events }
}
