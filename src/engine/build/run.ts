import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import { hostConfig } from '../containers/config.ts'
import { create } from '../containers/create.ts'
import type { EngineState } from '../state.ts'
import { PREDEFINED } from './arguments.ts'
import type { Build, Stage } from './build.ts'
import { type Done, fromCache } from './commit-step.ts'
import { commandLine } from './config-instruction.ts'
import type { Instruction } from './instruction.ts'
import { runningIn } from './lines.ts'

type Arguments = Readonly<Record<string, string | null>>

/** Arguments as environment entries; the environment itself wins over them. */
function entries({ config }: Stage, args: Arguments): string[] {
  const set = new Set((config.env ?? []).map((entry) => entry.split('=', 1)[0]))
  return Object.keys(args)
    .filter((name) => !set.has(name) && args[name] !== null)
    .sort()
    .map((name) => `${name}=${args[name]}`)
}

/** Those of the stage, and the predefined ones, which no ARG needs to ask for. */
function environment(stage: Stage, given: Arguments): string[] {
  const predefined = Object.entries(given).filter(([name]) => PREDEFINED.has(name))
  return entries(stage, { ...Object.fromEntries(predefined), ...stage.args })
}

/** What the history says of a RUN: how many arguments it saw, and which. */
export function runHistory(stage: Stage, cmd: readonly string[]): string {
  const args = entries(stage, stage.args)
  return [...(args.length > 0 ? [`|${args.length}`, ...args] : []), ...cmd].join(' ')
}

/** From the cache, or a container that is to be started: `ran` goes on when it ended. */
export function run(state: EngineState, build: Build, stage: Stage, instruction: Instruction, env: Env): Done {
  const [flag] = instruction.flags
  if (flag !== undefined) throw needsBuildKit(flag)
  const cmd = commandLine(instruction, stage.config.shell)
  const known = fromCache(state, build, stage, { config: stage.config, createdBy: runHistory(stage, cmd) })
  if (known) return known
  const events = create(state, containerRequest(build, stage, cmd), env)
  const created = events.find((event) => event.type === 'container.create')!
  const { id } = created.container
  return { build: { ...build, running: id, cacheMissed: true }, lines: [runningIn(id)], events }
}

const NO_HEALTHCHECK = { test: ['NONE'], interval: 0, timeout: 0, startPeriod: 0, startInterval: 0, retries: 0 }

function containerRequest({ options }: Build, stage: Stage, cmd: readonly string[]): Parameters<typeof create>[1] {
  return {
    name: '',
    config: {
      ...stage.config,
      image: stage.image,
      cmd,
      entrypoint: [''],
      env: [...(stage.config.env ?? []), ...environment(stage, options.buildArgs)],
      healthcheck: NO_HEALTHCHECK,
    },
    hostConfig: { ...hostConfig.zero, ...options.hostConfig },
    endpoints: null,
    platform: '',
  }
}

/** `--mount`, `--network`, `--security`. */
function needsBuildKit(flag: string): Problem {
  const name = flag.split('=', 1)[0]
  return new Problem(
    'System',
    `the ${name} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled`,
  )
}
