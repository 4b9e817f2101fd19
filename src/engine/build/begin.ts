import { Problem } from '../../core/problem.ts'
import { root } from '../../storage/caller.ts'
import { FileSystem } from '../../storage/file-system.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { isFile } from '../../storage/inode.ts'
import { applyLayer } from '../../storage/layer.ts'
import { readingArchive } from '../images/archive-problem.ts'
import { repoReference } from '../images/tag.ts'
import type { EngineVerb } from '../verb.ts'
import type { BuildCommands } from './commands.ts'
import { parseDockerfile } from './dockerfile.ts'
import { type Instruction, parseInstruction } from './instruction.ts'

/** What can be refused before the stream begins: the context, the Dockerfile, the target, the tags. */
export const begin: EngineVerb<BuildCommands['ImageBuild']> = (_state, request, env) => {
  for (const tag of request.options.tags) systemRefusal(() => repoReference(tag, ''))
  const files = contextOf(request.context, BigInt(env.now) * 1000n)
  const name = request.dockerfile || 'Dockerfile'
  if (name.startsWith('..')) throw new Problem('System', `forbidden path outside the build context: ${name} ()`)
  const node = files.lookup(`/${name}`)
  if (!node || !isFile(node)) throw new Problem('System', `Cannot locate specified Dockerfile: ${name}`)
  const { instructions, escape } = parseDockerfile(files.readText(`/${name}`), name)
  withoutIgnored(files, name)
  const build = {
    id: env.id().slice(0, 12),
    options: request.options,
    context: files.snapshot(),
    escape,
    steps: [...upTo(instructions, request.target), ...labelStep(request.options.labels)],
    at: 0,
    triggers: [],
    globalArgs: {},
    stages: [],
    consumed: [],
    cacheMissed: request.options.noCache,
    running: undefined,
  }
  return [{ type: 'build.begin', build }]
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

function contextOf(archive: Uint8Array, now: bigint): FileSystem {
  const files = new FileSystem()
  if (archive.length > 0) readingArchive(() => applyLayer(files, decompress(archive), { now }))
  return files
}

/** The Dockerfile and .dockerignore stay out when .dockerignore says so. moby: removeDockerfile */
function withoutIgnored(files: FileSystem, dockerfile: string): void {
  if (!files.lookup('/.dockerignore')) return
  const patterns = files
    .readText('/.dockerignore')
    .split('\n')
    .map((line) => line.trim().replace(/^\//, ''))
  for (const name of [dockerfile, '.dockerignore']) if (patterns.includes(name)) files.removeAll(root(0n), `/${name}`)
}

/** Global arguments and the stages up to the target. */
function upTo(
  instructions: readonly (Instruction & { readonly line: number })[],
  target: string,
): readonly Instruction[] {
  const first = instructions.find(({ keyword }) => keyword !== 'ARG')
  if (first?.keyword !== 'FROM')
    throw new Problem('InvalidParameter', first ? 'no build stage in current context' : 'file with no instructions')
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
