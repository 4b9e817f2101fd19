import type { Env } from '../../core/env.ts'
import { Problem } from '../../core/problem.ts'
import { failing } from '../../http/progress.ts'
import { repoReference } from '../images/tag.ts'
import type { EngineVerb } from '../verb.ts'
import type { Build } from './build.ts'
import type { BuildCommands } from './commands.ts'
import { contextOf, type Source, sourceOf } from './context.ts'
import { type Instruction, parseInstruction } from './instruction.ts'

/** What can be refused before the stream begins: the tags, the context, the Dockerfile, the target. */
export const begin: EngineVerb<BuildCommands['ImageBuild']> = (state, request, env) => {
  for (const tag of request.options.tags) systemRefusal(() => repoReference(tag, ''))
  const source = sourceOf(state.web, request)
  const { lines } = source
  try {
    return [{ type: 'build.begin', build: buildOf(request, source, env), lines }]
  } catch (problem) {
    // After a download the head is out.
    if (!(problem instanceof Problem) || lines.length === 0) throw problem
    return [{ type: 'build.end', id: '', image: undefined, lines: [...lines, failing(problem.message)] }]
  }
}

function buildOf(request: BuildCommands['ImageBuild'], source: Source, env: Env): Build {
  const { context, dockerfile } = contextOf(source, request.dockerfile, BigInt(env.now) * 1000n)
  const { instructions, escape } = dockerfile
  return {
    id: env.id().slice(0, 12),
    options: request.options,
    context,
    escape,
    steps: [...upTo(instructions, request.target), ...labelStep(request.options.labels)],
    at: 0,
    triggers: [],
    globalArgs: {},
    stages: [],
    consumed: [],
    cacheMissed: request.options.noCache,
    cacheSources: [],
    announced: false,
    pulling: undefined,
    pulled: undefined,
    running: undefined,
  }
}

/** A tag that is none is the daemon's fault at this place. */
function systemRefusal(read: () => unknown): void {
  try {
    read()
  } catch (problem) {
    if (problem instanceof Problem) throw new Problem('System', problem.message)
    throw problem
  }
}

/** Global arguments and the stages up to the target. */
function upTo(
  instructions: readonly (Instruction & { readonly line: number })[],
  target: string,
): readonly Instruction[] {
  const first = instructions.find(({ keyword }) => keyword !== 'ARG')
  if (first && first.keyword !== 'FROM') throw new Problem('InvalidParameter', 'no build stage in current context')
  const froms = instructions.flatMap(({ keyword }, at) => (keyword === 'FROM' ? [at] : []))
  if (target === '') return instructions
  const stage = froms.findIndex(
    (at, number) => stageName(instructions[at]!) === target.toLowerCase() || String(number) === target,
  )
  if (stage < 0) throw new Problem('InvalidParameter', `target stage ${JSON.stringify(target)} could not be found`)
  return instructions.slice(0, froms[stage + 1])
}

/** `AS name`, in lower case. */
export function stageName({ rest }: Instruction): string {
  return (/\sas\s+(\S+)\s*$/i.exec(rest)?.[1] ?? '').toLowerCase()
}

function labelStep(labels: Readonly<Record<string, string>>): Instruction[] {
  const pairs = Object.keys(labels)
    .sort()
    .map((key) => [key, labels[key]!] as const)
  if (pairs.length === 0) return []
  const quoted = pairs.map(
    ([key, value]) => `${key}=${/[\s"'\\$]/.test(value) || value === '' ? JSON.stringify(value) : value}`,
  )
  return [parseInstruction(`LABEL ${quoted.join(' ')}`)]
}
