import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import { failing } from '../../http/progress.ts'
import { root } from '../../storage/caller.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { type Config, config as configSchema, hostConfig } from '../containers/config.ts'
import { create } from '../containers/create.ts'
import type { EngineEvent } from '../events.ts'
import { find, lookup as lookupImage } from '../images/find.ts'
import { canonical } from '../images/reference.ts'
import { repoReference } from '../images/tag.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import { stageName } from './begin.ts'
import type { Build, Stage } from './build.ts'
import type { BuildCommands } from './commands.ts'
import { comment } from './comment.ts'
import { CONFIG_INSTRUCTIONS, commandLine, joinedPath, withEnv } from './config-instruction.ts'
import { copyInto } from './copy.ts'
import { expand, type Lookup } from './expand.ts'
import { type Instruction, parseInstruction } from './instruction.ts'
import { ownerOf } from './owner.ts'
import { cached, layerBetween, type StepResult, stepImage, stepKey } from './step-image.ts'
import { splitWords, unquote } from './words.ts'

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export const stream = (text: string) => ({ stream: text })
const short = (id: string) => id.replace('sha256:', '').slice(0, 12)
export const arrow = (image: string) => stream(` ---> ${short(image)}\n`)

/** A step done: events, lines, and the build after it. */
interface Done {
  readonly build: Build
  readonly lines: readonly object[]
  readonly events?: readonly EngineEvent[]
}

/** The next instruction, or the end. What fails ends the stream. moby: builder/dockerfile/dispatchers.go */
export const step: EngineVerb<BuildCommands['BuildStep']> = (state, { id }, env) => {
  const build = state.builds.byId.get(id)
  if (!build || build.running !== undefined) return []
  const triggered = build.triggers[0]
  const next = triggered ?? build.steps[build.at]
  if (!next) return ending(build)
  const announced = triggered
    ? []
    : [stream(`Step ${build.at + 1}/${build.steps.length} : ${next.original}`), stream('\n')]
  const moved = triggered ? { ...build, triggers: build.triggers.slice(1) } : { ...build, at: build.at + 1 }
  try {
    const { build: after, lines, events = [] } = dispatch(state, moved, next, env)
    return [...events, { type: 'build.advance', build: after, lines: [...announced, ...lines] }]
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    return [{ type: 'build.end', id, image: undefined, lines: [...announced, failing(problem.message)] }]
  }
}

function ending(build: Build): readonly EngineEvent[] {
  const image = build.stages.at(-1)?.image ?? ''
  if (image === '')
    return [
      {
        type: 'build.end',
        id: build.id,
        image: undefined,
        lines: [failing('No image was generated. Is your Dockerfile empty?')],
      },
    ]
  const unused = Object.keys(build.options.buildArgs)
    .filter((name) => !build.consumed.includes(name) && !PREDEFINED.has(name))
    .sort()
  const references = build.options.tags.map((tag) => repoReference(tag, '')!)
  const lines = [
    { aux: { ID: image } },
    ...(unused.length > 0
      ? [stream(`[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`)]
      : []),
    stream(`Successfully built ${short(image)}\n`),
    ...references.map((reference) => stream(`Successfully tagged ${familiarOf(canonical(reference))}\n`)),
  ]

  return [
    ...references.map((reference): EngineEvent => ({ type: 'image.tag', id: image, reference: canonical(reference) })),
    { type: 'build.end', id: build.id, image, lines },
  ]
}

const familiarOf = (text: string) => text.replace(/^docker\.io\//, '').replace(/^library\//, '')

/** Arguments that need no ARG and are no part of the cache. */
const PREDEFINED = new Set(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
)

function dispatch(state: EngineState, build: Build, instruction: Instruction, env: Env): Done {
  const { keyword } = instruction
  if (keyword === 'FROM') return from(state, build, instruction)
  if (keyword === 'ARG') return arg(state, build, instruction, env)
  const stage = build.stages.at(-1)
  if (!stage) throw new Problem('System', 'no build stage in current context')
  if (keyword === 'RUN') return run(state, build, stage, instruction, env)
  if (keyword === 'COPY' || keyword === 'ADD') return copy(state, build, stage, instruction, env)
  const expanded = EXPANDED.has(keyword) ? withVariables(build, stage, instruction) : instruction
  if (keyword === 'WORKDIR') return workdir(state, build, stage, expanded, env)
  const config = keyword === 'MAINTAINER' ? stage.config : CONFIG_INSTRUCTIONS[keyword]!(stage.config, expanded)
  const ownCommand = keyword === 'CMD' || (stage.ownCommand && keyword !== 'FROM')
  // An ENTRYPOINT drops the base image's command, but not one that this Dockerfile gave.
  const kept = keyword === 'ENTRYPOINT' && stage.ownCommand ? { ...config, cmd: stage.config.cmd } : config
  return commit(
    state,
    build,
    { ...stage, ownCommand },
    kept,
    comment(expanded, kept),
    undefined,
    env,
    keyword === 'MAINTAINER' ? expanded.rest : undefined,
  )
}

const EXPANDED = new Set(['ENV', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'])
const SPLIT = new Set(['EXPOSE', 'VOLUME'])

function lookupIn(build: Build, stage: Stage | undefined): Lookup {
  if (!stage) return (name) => build.globalArgs[name]
  const env = new Map(
    (stage.config.env ?? []).map((entry) => [entry.split('=', 1)[0]!, entry.slice(entry.indexOf('=') + 1)]),
  )
  return (name) => env.get(name) ?? stage.args[name]
}

function withVariables(build: Build, stage: Stage, instruction: Instruction): Instruction {
  const lookup = lookupIn(build, stage)
  const rest = expand(instruction.rest, lookup, build.escape, SPLIT.has(instruction.keyword))
  const json = instruction.json?.map((word) => expand(word, lookup, build.escape, true))
  return { ...instruction, rest, json }
}

// FROM and ARG

function from(state: EngineState, build: Build, instruction: Instruction): Done {
  const text = instruction.rest.replace(/\s+as\s+\S+\s*$/i, '')
  const name = unquote(expand(text, lookupIn(build, undefined), build.escape))
  if (name === '') throw new Problem('System', `base name (${text}) should not be blank`)
  const named = build.stages.find((stage) => stage.name !== '' && stage.name === name.toLowerCase())
  const image = named?.image ?? (name === 'scratch' ? '' : baseOf(state, name))
  const base = state.images.byId.get(image)?.config ?? configSchema.zero
  const config =
    image === '' || base.env?.some((entry) => entry.startsWith('PATH='))
      ? base
      : { ...base, env: withEnv(base.env, 'PATH', DEFAULT_PATH) }
  const triggers = (config.onBuild ?? []).map(parseInstruction)
  const stage: Stage = {
    name: stageName(instruction),
    image,
    config: { ...config, onBuild: null },
    args: {},
    ownCommand: false,
  }
  const shown = image === '' ? stream(' ---> \n') : arrow(image)
  const told =
    triggers.length > 0
      ? [stream(`# Executing ${triggers.length} build trigger${triggers.length > 1 ? 's' : ''}`), stream('\n')]
      : []
  return {
    build: { ...build, stages: [...build.stages, stage], triggers, cacheMissed: build.options.noCache },
    lines: triggers.length > 0 ? told : [shown],
  }
}

function baseOf(state: EngineState, name: string): string {
  const image = lookupImage(state.images, name)
  if (image) return image.id
  const repository = name.replace(/[:@].*$/, '')
  throw new Problem(
    'System',
    `pull access denied for ${repository}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
  )
}

function arg(state: EngineState, build: Build, instruction: Instruction, env: Env): Done {
  const stage = build.stages.at(-1)
  let after = build
  let args = stage?.args ?? {}
  for (const word of splitWords(instruction.rest, build.escape)) {
    const split = word.indexOf('=')
    const name = split < 0 ? word : word.slice(0, split)
    const given = build.options.buildArgs[name]
    const value =
      given ??
      (split < 0
        ? stage
          ? build.globalArgs[name]
          : undefined
        : unquote(expand(word.slice(split + 1), lookupIn(build, stage && { ...stage, args }), build.escape)))
    if (name in build.options.buildArgs) after = { ...after, consumed: [...after.consumed, name] }
    if (value !== undefined) args = { ...args, [name]: value }
    if (!stage && value !== undefined) after = { ...after, globalArgs: { ...after.globalArgs, [name]: value } }
  }
  if (!stage) return { build: after, lines: [] }
  return commit(state, after, { ...stage, args }, stage.config, `ARG ${instruction.rest}`, undefined, env)
}

// Steps that end in an image

/** ` ---> Using cache`, or a new image. */
function commit(
  state: EngineState,
  build: Build,
  stage: Stage,
  config: Config,
  what: string,
  layer: StepResult['layer'],
  env: Env,
  author?: string,
): Done {
  const createdBy = `/bin/sh -c #(nop) ${what.startsWith('COPY') || what.startsWith('ADD') ? '' : ' '}${what}`
  const result: StepResult = {
    parent: stage.image,
    config,
    createdBy,
    layer,
    ...(author === undefined ? {} : { author }),
  }
  const hit = build.cacheMissed ? undefined : cached(state, stepKey(result))
  if (hit)
    return {
      build: withStage(build, { ...stage, image: hit.id, config }),
      lines: [stream(' ---> Using cache\n'), arrow(hit.id)],
    }
  const { id, events } = stepImage(state, result, env.now)
  const container = env.id().slice(0, 12)
  // COPY and ADD need no container.
  const through =
    layer === undefined && !what.startsWith('COPY') && !what.startsWith('ADD') && !what.startsWith('WORKDIR')
  const lines =
    through || what.startsWith('WORKDIR')
      ? [stream(` ---> Running in ${container}\n`), ...(build.options.remove ? [removed(container)] : [])]
      : []
  return {
    build: { ...withStage(build, { ...stage, image: id, config }), cacheMissed: true },
    lines: [...lines, arrow(id)],
    events,
  }
}

export const removed = (container: string) => stream(` ---> Removed intermediate container ${short(container)}\n`)

export const withStage = (build: Build, stage: Stage): Build => ({ ...build, stages: build.stages.with(-1, stage) })

function workdir(state: EngineState, build: Build, stage: Stage, instruction: Instruction, env: Env): Done {
  const config = { ...stage.config, workingDir: joinedPath(stage.config.workingDir, unquote(instruction.rest)) }
  const base = state.images.byId.get(stage.image)?.root
  const files = new FileSystem(base)
  files.mkdirp(root(BigInt(env.now) * 1000n), config.workingDir, 0o755)
  return commit(state, build, stage, config, `WORKDIR ${config.workingDir}`, layerBetween(base, files.snapshot()), env)
}

function copy(state: EngineState, build: Build, stage: Stage, instruction: Instruction, env: Env): Done {
  const keyword = instruction.keyword as 'ADD' | 'COPY'
  const lookup = lookupIn(build, stage)
  const words = (instruction.json ?? splitWords(instruction.rest, build.escape)).map((word) =>
    unquote(expand(word, lookup, build.escape)),
  )
  const flags = new Map(instruction.flags.map((flag) => flag.slice(2).split('=', 2) as [string, string]))
  const destination = words.pop() ?? ''
  if (words.length === 0)
    throw new Problem(
      'System',
      `${keyword} requires at least two arguments, but only one was provided. Destination could not be determined.`,
    )
  const remote = words.find((word) => /^https?:\/\//.test(word))
  if (keyword === 'ADD' && remote)
    throw new Problem(
      'System',
      `ADD failed: Get ${JSON.stringify(remote)}: dial tcp: lookup ${new URL(remote).hostname}: no such host`,
    )
  const base = state.images.byId.get(stage.image)?.root
  const other = flags.get('from')
  const chown = flags.get('chown')
  const chmod = flags.get('chmod')
  const source = other === undefined ? build.context : stageRoot(state, build, expand(other, lookup))
  const mode = chmod === undefined ? undefined : Number.parseInt(chmod, 8)
  const { snapshot, hash } = copyInto(
    base ?? new FileSystem().snapshot(),
    source,
    {
      keyword,
      sources: words,
      destination,
      workingDir: stage.config.workingDir,
      owner: ownerOf(base, chown === undefined ? '' : unquote(expand(chown, lookup))),
      mode,
      fromImage: other !== undefined,
    },
    BigInt(env.now) * 1000n,
  )
  return commit(
    state,
    build,
    stage,
    stage.config,
    `${keyword} ${hash} in ${destination} `,
    layerBetween(base, snapshot),
    env,
  )
}

/** Another stage by name or number, or any image. */
function stageRoot(state: EngineState, build: Build, name: string) {
  const done = build.stages.slice(0, -1)
  const stage =
    done.find((one) => one.name !== '' && one.name === name.toLowerCase()) ??
    (/^\d+$/.test(name) ? done[Number(name)] : undefined)
  if (stage) return state.images.byId.get(stage.image)?.root ?? new FileSystem().snapshot()
  try {
    return find(state.images, name).root
  } catch {
    throw new Problem(
      'System',
      `invalid from flag value ${name}: pull access denied for ${name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
    )
  }
}

// RUN

function run(state: EngineState, build: Build, stage: Stage, instruction: Instruction, env: Env): Done {
  const cmd = commandLine(instruction, stage.config.shell)
  const set = new Set((stage.config.env ?? []).map((entry) => entry.split('=', 1)[0]))
  const args = Object.keys(stage.args)
    .filter((name) => !set.has(name))
    .sort()
    .map((name) => `${name}=${stage.args[name]}`)
  const createdBy = [...(args.length > 0 ? [`|${args.length}`, ...args] : []), ...cmd].join(' ')
  const hit = build.cacheMissed
    ? undefined
    : cached(state, stepKey({ parent: stage.image, config: stage.config, createdBy }))
  if (hit)
    return {
      build: withStage(build, { ...stage, image: hit.id }),
      lines: [stream(' ---> Using cache\n'), arrow(hit.id)],
    }
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
        env: [...(stage.config.env ?? []), ...args],
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
    lines: [stream(` ---> Running in ${short(id)}\n`)],
    events,
  }
}
