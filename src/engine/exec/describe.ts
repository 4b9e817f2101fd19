import { type Descriptions, ofContainer } from '../events/description.ts'
import type { EngineState } from '../state.ts'
import type { Exec } from './exec.ts'

const of = (
  state: EngineState,
  id: string,
  exec: string,
  action: string,
  more: Readonly<Record<string, string>> = {},
) => ofContainer(state.containers.byId.get(id), action, { execID: exec, ...more })

/** The program and its arguments stand apart, so that a space follows a program without any. */
const commandOf = ({ argv: [program = '', ...args] = [] }: Partial<Exec> = {}) => `${program} ${args.join(' ')}`

/** What `GET /events` tells of exec instances: the command stands in the action. */
export const execDescriptions: Descriptions = {
  'container.exec_create': ({ id, exec }, _, after) => of(after, id, exec.id, `exec_create: ${commandOf(exec)}`),
  'container.exec_start': ({ id, exec }, _, after) =>
    of(after, id, exec, `exec_start: ${commandOf(after.execs.byId.get(exec))}`),
  'container.exec_die': ({ id, exec, exitCode }, _, after) =>
    of(after, id, exec, 'exec_die', { exitCode: String(exitCode) }),
  'container.exec_detach': ({ id, exec }, _, after) => of(after, id, exec, 'exec_detach'),
}
