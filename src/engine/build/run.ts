import type { Env } from '../../core/env.ts'
import { hostConfig } from '../containers/config.ts'
import { create } from '../containers/create.ts'
import type { EngineState } from '../state.ts'
import type { Build, Stage } from './build.ts'
import { type Done, fromCache } from './commit-step.ts'
import { commandLine } from './config-instruction.ts'
import type { Instruction } from './instruction.ts'
import { runningIn } from './lines.ts'

/** The stage's arguments as environment entries; the environment itself wins over them. */
function argumentEntries({ args, config }: Stage): string[] {
  const set = new Set((config.env ?? []).map((entry) => entry.split('=', 1)[0]))
  return Object.keys(args)
    .filter((name) => !set.has(name))
    .sort()
    .map((name) => `${name}=${args[name]}`)
}

/** What the history says of a RUN: how many arguments it saw, and which. */
export function runHistory(stage: Stage, cmd: readonly string[]): string {
  const args = argumentEntries(stage)
  return [...(args.length > 0 ? [`|${args.length}`, ...args] : []), ...cmd].join(' ')
}

/** From the cache, or a container that is to be started: `ran` goes on when it ended. */
export function run(state: EngineState, build: Build, stage: Stage, instruction: Instruction, env: Env): Done {
  const cmd = commandLine(instruction, stage.config.shell)
  const known = fromCache(state, build, stage, { config: stage.config, createdBy: runHistory(stage, cmd) })
  if (known) return known
  const { networkMode, extraHosts, shmSize } = build.options
  const events = create(
    state,
    {
      name: '',
      config: {
        ...stage.config,
        image: stage.image,
        cmd,
        entrypoint: [''],
        env: [...(stage.config.env ?? []), ...argumentEntries(stage)],
        healthcheck: { test: ['NONE'], interval: 0, timeout: 0, startPeriod: 0, startInterval: 0, retries: 0 },
      },
      hostConfig: { ...hostConfig.zero, networkMode, extraHosts: extraHosts.length > 0 ? extraHosts : null, shmSize },
      endpoints: null,
      platform: '',
    },
    env,
  )
  const created = events.find((event) => event.type === 'container.create')!
  const { id } = created.container
  return {
    build: { ...build, running: id, cacheMissed: true },
    lines: [runningIn(id)],
    events,
  }
}
