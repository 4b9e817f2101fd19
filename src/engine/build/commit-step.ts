import type { Env } from '../../core/env.ts'
import type { Config } from '../containers/config.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { Build, Stage } from './build.ts'
import { arrow, removed, runningIn, usingCache } from './lines.ts'
import { cached, type StepResult, stepImage, stepKey } from './step-image.ts'

/** A step done: events, lines, and the build after it. */
export interface Done {
  readonly build: Build
  readonly lines: readonly object[]
  readonly events?: readonly EngineEvent[]
}

export const withStage = (build: Build, stage: Stage): Build => ({ ...build, stages: build.stages.with(-1, stage) })

/** The stage goes on from an image of the cache, if the step was made before. */
export function fromCache(
  state: EngineState,
  build: Build,
  stage: Stage,
  step: Pick<StepResult, 'config' | 'createdBy'>,
): Done | undefined {
  const hit = build.cacheMissed ? undefined : cached(state, stepKey({ ...step, parent: stage.image }))
  if (!hit) return undefined
  return {
    build: withStage(build, { ...stage, image: hit.id, config: step.config }),
    lines: [usingCache, arrow(hit.id)],
  }
}

/** What a step that ran no program did: what the history says of it, and what it left. */
export interface StepChange {
  readonly what: string
  readonly config: Config
  readonly layer?: StepResult['layer']
  readonly author?: string
}

/** ` ---> Using cache`, or a new image. */
export function commitStep(
  state: EngineState,
  build: Build,
  stage: Stage,
  { what, config, layer, author }: StepChange,
  env: Env,
): Done {
  // COPY and ADD need no container.
  const copies = what.startsWith('COPY') || what.startsWith('ADD')
  const createdBy = `/bin/sh -c #(nop) ${copies ? '' : ' '}${what}`
  const known = fromCache(state, build, stage, { config, createdBy })
  if (known) return known
  const result = { parent: stage.image, config, createdBy, layer, ...(author === undefined ? {} : { author }) }
  const { id, events } = stepImage(state, result, env.now)
  const container = env.id()
  const through = copies ? [] : [runningIn(container), ...(build.options.remove ? [removed(container)] : [])]
  return {
    build: { ...withStage(build, { ...stage, image: id, config }), cacheMissed: true },
    lines: [...through, arrow(id)],
    events,
  }
}
