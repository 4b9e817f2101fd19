import type { EngineVerbs } from '../verb.ts'
import type { ExecCommands } from './commands.ts'
import { create } from './create.ts'
import { detach, exit, input, output } from './process.ts'
import { resize } from './resize.ts'
import { start } from './start.ts'

/** The verbs of exec instances by command name. */
export const execVerbs: EngineVerbs<ExecCommands> = {
  ContainerExec: create,
  ExecStart: start,
  ExecResize: resize,
  ExecOutput: output,
  ExecExit: exit,
  ExecInput: input,
  ExecDetach: detach,
}
