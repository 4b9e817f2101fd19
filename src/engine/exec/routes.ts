import { optionalJson } from '../../http/body.ts'
import { decode } from '../../http/go-json.ts'
import type { Input } from '../../http/input.ts'
import { empty, json } from '../../http/reply.ts'
import { terminalSize } from '../containers/resize.ts'
import type { EngineEvent } from '../events.ts'
import { hijackedType } from '../stream-type.ts'
import type { EngineRoute } from '../verb.ts'
import { supports } from '../versions.ts'
import { attached, refused } from './attached.ts'
import { sizeOf } from './create.ts'
import { startFailed } from './errors.ts'
import { findExec } from './find.ts'
import { whenStarted } from './resize.ts'
import { whyNotAgain } from './start.ts'
import { execConfig, execStartConfig } from './wire/exec-config.ts'
import { inspect } from './wire/inspect.ts'

function createConfig(input: Input) {
  const config = decode(execConfig, optionalJson(input))
  return supports(input.version, 'consoleSize') ? config : { ...config, consoleSize: null }
}

function startConfig(input: Input) {
  const config = decode(execStartConfig, optionalJson(input))
  return config.tty && supports(input.version, 'consoleSize') ? config : { ...config, consoleSize: null }
}

const failure = (events: readonly EngineEvent[]) => {
  const failed = events.find((event) => event.type === 'container.exec_failed')
  return failed?.message
}

export const execRoutes: readonly EngineRoute[] = [
  {
    method: 'POST',
    path: '/containers/:name/exec',
    operationId: 'ContainerExec',
    command: (input) => ({ type: 'ContainerExec', id: input.params.name!, config: createConfig(input) }),
    reply: ({ events }) => {
      const created = events.find((event) => event.type === 'container.exec_create')
      return json({ Id: created?.exec.id }, 201)
    },
  },
  {
    method: 'POST',
    path: '/exec/:id/start',
    operationId: 'ExecStart',
    command: (input) => {
      const { detach, consoleSize } = startConfig(input)
      return { type: 'ExecStart', id: input.params.id!, detach, size: sizeOf(consoleSize) }
    },
    reply: ({ state, events, input }) => {
      const { detach, tty } = startConfig(input)
      const exec = findExec(state, input.params.id!)
      const message = events.length === 0 ? whyNotAgain(exec).message : failure(events)
      if (detach && message !== undefined) throw startFailed(message)
      if (detach) return empty(200)
      const connection = message === undefined ? attached(exec, !tty) : refused(message, !tty)
      return { upgrade: { protocol: 'tcp', contentType: hijackedType(tty, input.version), ...connection } }
    },
  },
  {
    method: 'POST',
    path: '/exec/:id/resize',
    operationId: 'ExecResize',
    command: (input) => ({ type: 'ExecResize', id: input.params.id!, ...terminalSize(input.query) }),
    reply: ({ state, input }) => {
      const { id, running } = findExec(state, input.params.id!)
      return running ? empty(200) : { later: whenStarted(id, state.now, input.version) }
    },
  },
  {
    method: 'GET',
    path: '/exec/:id/json',
    operationId: 'ExecInspect',
    reply: ({ state, input }) => json(inspect(findExec(state, input.params.id!))),
  },
]
