import { defaultDetachKeys, parseDetachKeys } from '../../http/detach-keys.ts'
import type { Follow, Step } from '../../http/follow.ts'
import { utf8 } from '../../http/json-lines.ts'
import type { Upgrade } from '../../http/reply.ts'
import { frame } from '../../http/stdcopy.ts'
import type { EngineCommand } from '../commands.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import { noInput, typedInput } from '../typed-input.ts'
import type { EngineVerb } from '../verb.ts'
import type { Container } from './container.ts'
import { find } from './find.ts'
import type { ContainerStreamCommands } from './stream-commands.ts'
import { badDetachKeys, logsNotReadable, pausedAtAttach, restartingAtAttach } from './stream-errors.ts'

/** What of the streams a client wants. */
export interface AttachQuery {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  /** Replay the log first. */
  readonly logs: boolean
  /** Stay for what comes. */
  readonly stream: boolean
  readonly detachKeys: string
  /** Over a websocket the bytes come without frames. */
  readonly framed: boolean
}

/** A client takes hold of the streams; the container need not run. */
export const attach: EngineVerb<ContainerStreamCommands['ContainerAttach']> = (
  state,
  { id: ref, detachKeys, logs },
) => {
  if (detachKeys !== '' && !parseDetachKeys(detachKeys)) throw badDetachKeys(detachKeys)
  const container = find(state, ref)
  if (container.flags.paused) throw pausedAtAttach(ref)
  if (container.flags.restarting) throw restartingAtAttach(ref)
  return logs && !readable(container) ? [] : [{ type: 'container.attach', id: container.id }]
}

export const detach: EngineVerb<ContainerStreamCommands['ContainerDetach']> = ({ containers }, { id }) =>
  containers.byId.has(id) ? [{ type: 'container.detach', id }] : []

const readable = ({ hostConfig }: Container) => hostConfig.logConfig.type !== 'none'

/** Both directions of an attached connection. */
export function attached(
  state: EngineState,
  container: Container,
  query: AttachQuery,
): Pick<Upgrade<EngineState, EngineCommand, EngineEvent>, 'follow' | 'input'> {
  const { id, config } = container
  return {
    follow: outputOf(state, container, query),
    input: query.stdin
      ? typedInput({
          tty: config.tty,
          detachKeys: parseDetachKeys(query.detachKeys) ?? defaultDetachKeys,
          closes: config.stdinOnce,
          // With StdinOnce the daemon waits for the container even where nobody listens.
          listens: true,
          write: (bytes) => ({ type: 'ContainerInput', id, bytes }),
          detach: () => ({ type: 'ContainerDetach', id }),
        })
      : noInput,
  }
}

/** It ends with the container. That of one which does not run waits for its next start. */
function outputOf(
  state: EngineState,
  container: Container,
  query: AttachQuery,
): Follow<EngineState, EngineEvent, undefined> {
  const { id, config } = container
  const framed = query.framed && !config.tty
  const show = (stream: 1 | 2, bytes: Uint8Array): readonly Uint8Array[] =>
    (stream === 1 ? query.stdout : query.stderr) ? [framed ? frame(stream, bytes) : bytes] : []
  const stays = query.stream && (query.stdin || query.stdout || query.stderr)
  return {
    // `docker start -a` attaches first: time must not pass at once before its request to start is here.
    waits: stays && (container.flags.running || 'patiently'),
    seed: replay(state, container, query, show, stays),
    step(acc, event) {
      if (!('id' in event) || event.id !== id) return { acc }
      if (event.type === 'container.output') return { acc, chunks: show(event.stream, event.bytes) }
      if (event.type === 'container.start') return { acc, waits: stays }
      return { acc, done: ENDS.has(event.type) }
    },
  }
}

const ENDS: ReadonlySet<EngineEvent['type']> = new Set(['container.die', 'container.start_failed', 'container.destroy'])

function replay(
  state: EngineState,
  container: Container,
  { logs }: AttachQuery,
  show: (stream: 1 | 2, bytes: Uint8Array) => readonly Uint8Array[],
  stays: boolean,
): Step<undefined> {
  if (!logs) return { acc: undefined, done: !stays }
  if (!readable(container)) {
    const { message } = logsNotReadable()
    return { acc: undefined, chunks: show(1, utf8(`Error attaching: ${message}\n`)), done: true }
  }
  const entries = state.containers.logs.get(container.id)?.entries.slice() ?? []
  return { acc: undefined, chunks: entries.flatMap(({ stream, bytes }) => show(stream, bytes)), done: !stays }
}
