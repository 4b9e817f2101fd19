import { probeExit } from '../containers/health-probe.ts'
import type { EngineVerb } from '../verb.ts'
import type { ExecCommands } from './commands.ts'

/** From the shell: its process wrote. */
export const output: EngineVerb<ExecCommands['ExecOutput']> = ({ execs }, { id, stream, bytes }) => {
  const exec = execs.byId.get(id)
  if (!exec?.running) return []
  return [{ type: 'container.exec_output', id: exec.container, exec: id, stream: exec.tty ? 1 : stream, bytes }]
}

/** From the shell: its process is gone. */
export const exit: EngineVerb<ExecCommands['ExecExit']> = (state, { id, exitCode }, env) => {
  const exec = state.execs.byId.get(id)
  if (!exec?.running) return []
  return [
    { type: 'container.exec_die', id: exec.container, exec: id, exitCode },
    ...(exec.probe ? probeExit(state, exec, exitCode, env) : []),
  ]
}

/** A client typed, or will type no more. */
export const input: EngineVerb<ExecCommands['ExecInput']> = ({ execs }, { id, bytes }) => {
  const exec = execs.byId.get(id)
  return exec?.running ? [{ type: 'container.exec_input', id: exec.container, exec: id, bytes }] : []
}

export const detach: EngineVerb<ExecCommands['ExecDetach']> = ({ execs }, { id }) => {
  const exec = execs.byId.get(id)
  return exec ? [{ type: 'container.exec_detach', id: exec.container, exec: id }] : []
}
