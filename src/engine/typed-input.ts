import { watchDetachKeys } from '../http/detach-keys.ts'
import type { Upgrade } from '../http/reply.ts'
import type { EngineCommand } from './commands.ts'
import type { EngineEvent } from './events.ts'
import type { EngineState } from './state.ts'

type Input = Upgrade<EngineState, EngineCommand, EngineEvent>['input']

/** What a client's bytes do to the process that it is attached to. */
export interface TypedInto {
  readonly tty: boolean
  /** On a terminal only, these end the connection. */
  readonly detachKeys: readonly number[]
  /** Whether the end of the client's input is the end of the process' input; else it ends the connection. */
  readonly closes: boolean
  /** Whether the client reads on after the end of its input. */
  readonly listens: boolean
  readonly write: (bytes: Uint8Array | undefined) => EngineCommand
  readonly detach: () => EngineCommand
}

/** The client's half of attach and exec start. moby: container/stream/attach.go */
export function typedInput({ tty, detachKeys, closes, listens, write, detach }: TypedInto): Input {
  return {
    seed: 0,
    open: true,
    step(typed: number, bytes) {
      if (!bytes && closes && !tty) return { acc: typed, commands: [write(undefined)], done: !listens }
      if (!bytes) return { acc: typed, done: true }
      if (!tty) return { acc: typed, commands: [write(bytes)] }
      const seen = watchDetachKeys(detachKeys, typed, bytes)
      const commands = seen.bytes.length > 0 ? [write(seen.bytes)] : []
      return seen.detached
        ? { acc: seen.typed, commands: [...commands, detach()], done: true }
        : { acc: seen.typed, commands }
    },
  }
}

/** A client that only listens. */
export const noInput: Input = { seed: 0, step: (acc: number) => ({ acc }) }
