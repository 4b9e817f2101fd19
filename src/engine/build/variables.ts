import type { Build, Stage } from './build.ts'
import { expand, type Lookup } from './expand.ts'
import type { Instruction } from './instruction.ts'

/** Instructions whose words may hold variables, as a whole. */
const EXPANDED = new Set(['ENV', 'EXPOSE', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'])
/** Those in which a value may be several words. */
const SPLIT = new Set(['EXPOSE', 'VOLUME'])

/** What a variable stands for: the environment before the arguments; outside of a stage the global arguments. */
export function lookupIn(build: Build, stage: Stage | undefined): Lookup {
  if (!stage) return (name) => build.globalArgs[name]
  const env = new Map(
    (stage.config.env ?? []).map((entry) => [entry.split('=', 1)[0]!, entry.slice(entry.indexOf('=') + 1)]),
  )
  return (name) => env.get(name) ?? stage.args[name]
}

/** The instruction with its variables filled in, if it may have any. */
export function withVariables(build: Build, stage: Stage, instruction: Instruction): Instruction {
  if (!EXPANDED.has(instruction.keyword)) return instruction
  const lookup = lookupIn(build, stage)
  const rest = expand(instruction.rest, lookup, build.escape, SPLIT.has(instruction.keyword))
  const json = instruction.json?.map((word) => expand(word, lookup, build.escape, true))
  return { ...instruction, rest, json }
}
