import { defaultDetachKeys } from '../../http/detach-keys.ts'
import type { Follow } from '../../http/follow.ts'
import { utf8 } from '../../http/json-lines.ts'
import type { Upgrade } from '../../http/reply.ts'
import { frame } from '../../http/stdcopy.ts'
import type { EngineCommand } from '../commands.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { noInput, typedInput } from '../typed-input.ts'
import type { Exec } from './exec.ts'

type Connection = Pick<Upgrade<EngineState, EngineCommand, EngineEvent>, 'follow' | 'input'>

/** Both directions of a started exec. `framed` is what the caller says of a terminal, not what the exec has. */
export function attached(exec: Exec, framed: boolean): Connection {
  const { id, openStdin, tty, detachKeys } = exec
  const listens = exec.openStdout || exec.openStderr
  return {
    follow: outputOf(exec, framed),
    input: openStdin
      ? typedInput({
          tty,
          detachKeys: detachKeys.length > 0 ? detachKeys : defaultDetachKeys,
          closes: true,
          listens,
          write: (bytes) => ({ type: 'ExecInput', id, bytes }),
          detach: () => ({ type: 'ExecDetach', id }),
        })
      : noInput,
  }
}

function outputOf(exec: Exec, framed: boolean): Follow<EngineState, EngineEvent, undefined> {
  const stays = exec.openStdin || exec.openStdout || exec.openStderr
  return {
    waits: stays,
    seed: { acc: undefined, done: !stays },
    step(acc, event) {
      if (event.type === 'container.exec_output' && event.exec === exec.id) {
        const wanted = event.stream === 1 ? exec.openStdout : exec.openStderr
        return { acc, chunks: wanted ? [framed ? frame(event.stream, event.bytes) : event.bytes] : [] }
      }
      if (event.type === 'container.exec_die') return { acc, done: event.exec === exec.id }
      return { acc, done: event.type === 'container.die' && event.id === exec.container }
    },
  }
}

/** The connection stands already when the start is refused: the words come as output. */
export function refused(message: string, framed: boolean): Connection {
  const words = utf8(`${message}\r\n`)
  return {
    follow: {
      waits: false,
      seed: { acc: undefined, chunks: [framed ? frame(1, words) : words], done: true },
      step: (acc) => ({ acc, done: true }),
    },
    input: noInput,
  }
}
