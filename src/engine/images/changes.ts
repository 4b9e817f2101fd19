import { Problem } from '../../core/problem.ts'
import { CONFIG_INSTRUCTIONS } from '../build/config-instruction.ts'
import { parseInstruction } from '../build/instruction.ts'
import type { Config } from '../containers/config.ts'

const ACCEPTED = new Set(
  'CMD ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL ONBUILD STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
)

/** The `changes` of commit and import: lines of a Dockerfile that touch the config only. moby: BuildFromConfig */
export function applyChanges(config: Config, changes: readonly string[]): Config {
  const lines = changes.flatMap((change) => change.split('\n')).filter((line) => line.trim() !== '')
  const instructions = lines.map(parseInstruction)
  for (const { keyword } of instructions)
    if (!ACCEPTED.has(keyword)) throw new Problem('InvalidParameter', `${keyword} is not a valid change command`)
  // As in a Dockerfile, an ENTRYPOINT drops a command that was there before, but not one given here.
  let ownCommand = false
  return instructions.reduce((before, instruction) => {
    const after = CONFIG_INSTRUCTIONS[instruction.keyword]!(before, instruction)
    ownCommand ||= instruction.keyword === 'CMD'
    return instruction.keyword === 'ENTRYPOINT' && ownCommand ? { ...after, cmd: before.cmd } : after
  }, config)
}
