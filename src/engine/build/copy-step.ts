import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import { ArchiveError } from '../../storage/archive-error.ts'
import { root } from '../../storage/caller.ts'
import { FileError, strerror } from '../../storage/file-error.ts'
import type { Snapshot } from '../../storage/file-system.ts'
import { type Layer, rootOf } from '../images/layer.ts'
import type { EngineState } from '../state.ts'
import type { Web } from '../web.ts'
import type { Wanted } from './base-image.ts'
import type { Build, Stage } from './build.ts'
import { commitStep, type Done } from './commit-step.ts'
import { joinedPath } from './config-instruction.ts'
import { copyInto } from './copy.ts'
import { type Asked, askedOf } from './copy-asked.ts'
import { copyOrigin } from './copy-origin.ts'
import { type CopySource, type Origin, sourcesOf } from './copy-sources.ts'
import { downloaded, isUrl } from './download.ts'
import type { Instruction } from './instruction.ts'
import { ownerOf } from './owner.ts'
import { sourceHash } from './source-hash.ts'
import { layerBetween } from './step-image.ts'

/** COPY and ADD. moby: builder/dockerfile/copy.go */
export function copyStep(
  state: EngineState,
  build: Build,
  stage: Stage,
  instruction: Instruction,
  env: Env,
): Done | Wanted {
  const asked = askedOf(build, stage, instruction)
  const origin = copyOrigin(state, build, asked.from)
  if ('wanted' in origin) return origin
  const lines: object[] = []
  try {
    const sources = gathered(state.web, asked, origin, lines)
    const base = rootOf(state.images, state.images.byId.get(stage.image))
    const layer = () => copyLayer(base, stage, asked, sources, BigInt(env.now) * 1000n)
    const done = commitStep(state, build, stage, { what: whatOf(asked, sources), config: stage.config, layer }, env)
    return { ...done, lines: [...lines, ...done.lines] }
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    // What was downloaded before is told of all the same.
    return { build, lines, failure: problem }
  }
}

function gathered(web: Web, { keyword, words, destination }: Asked, origin: Origin, lines: object[]): CopySource[] {
  const sources = wrapping(`${keyword} failed`, () => {
    const found = words.flatMap((word) => {
      if (!isUrl(word)) return sourcesOf(origin, word)
      if (keyword === 'COPY') throw new Problem('System', "source can't be a URL for COPY")
      return [downloaded(web, word, destination, lines)]
    })
    if (found.length === 0) throw new Problem('System', 'no source files were specified')
    return found
  })
  if (sources.length > 1 && !destination.endsWith('/'))
    throw new Problem(
      'System',
      `When using ${keyword} with more than one source file, the destination must be a directory and end with a /`,
    )
  return sources
}

function wrapping<T>(prefix: string, work: () => T): T {
  try {
    return work()
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem
    throw new Problem(problem.kind, `${prefix}: ${problem.message}`)
  }
}

/** What the history and the cache know the step by; the daemon puts no blank after the owner. */
function whatOf({ keyword, chown, chmod, destination }: Asked, sources: readonly CopySource[]): string {
  const flags = `${chmod === '' ? '' : `--chmod=${chmod} `}${chown === '' ? '' : `--chown=${chown}`}`
  return `${keyword} ${flags}${sourceHash(sources)} in ${destination} `
}

function copyLayer(
  base: Snapshot,
  { config }: Stage,
  { keyword, destination, chown, chmod }: Asked,
  sources: readonly CopySource[],
  now: bigint,
): Layer | undefined {
  const copying = {
    into: joinedPath(config.workingDir || '/', destination),
    intoDirectory: destination.endsWith('/') || destination === '.',
    unpacks: keyword === 'ADD',
    owner: ownerOf(base, chown),
    mode: chmod === '' ? undefined : Number.parseInt(chmod, 8),
    caller: root(now, 0),
  }
  try {
    return layerBetween(base, copyInto(base, sources, copying))
  } catch (error) {
    if (error instanceof FileError)
      throw new Problem('System', `failed to copy files: ${error.path}: ${strerror(error.code).toLowerCase()}`)
    if (error instanceof ArchiveError) throw new Problem('System', `failed to copy files: ${error.message}`)
    throw error
  }
}
