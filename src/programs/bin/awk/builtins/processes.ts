import { close } from '../machine/close.ts'
import { runCommand } from '../machine/command.ts'
import type { Builtins, Results } from './arguments.ts'

export const PROCESSES: Builtins = {
  system: (args) => waited(runCommand(args.call, args.text(0))),
  close: (args) => waited(close(args.call, args.text(0))),
  fflush: () => 0,
}

const waited = (status: number | undefined): Results => (status === undefined ? undefined : [status])
