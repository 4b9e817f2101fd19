import type { Problem } from '../../core/problem.ts'
import type { Input } from '../../http/input.ts'
import { queryFlag } from '../../http/query.ts'
import { type Answer, empty } from '../../http/reply.ts'
import { statusOf } from '../../http/status.ts'
import { unixTimestamp } from '../../http/unix-timestamp.ts'
import { hijackedType, rawStream, streamType } from '../stream-type.ts'
import { surface } from '../surface.ts'
import type { EngineRoute } from '../verb.ts'
import { supports } from '../versions.ts'
import { type AttachQuery, attached } from './attach.ts'
import { find } from './find.ts'
import { type LogQuery, logs } from './logs.ts'
import { terminalSize } from './resize.ts'
import { noStreamChosen, notWebsocket } from './stream-errors.ts'

const name = ({ params }: Input) => params.name!

function logQuery({ query }: Input): LogQuery {
  const stdout = queryFlag(query, 'stdout')
  const stderr = queryFlag(query, 'stderr')
  if (!stdout && !stderr) throw noStreamChosen()
  const time = (key: string) => (query.get(key) ? unixTimestamp(query.get(key)!) : undefined)
  const tail = query.get('tail') ?? ''
  return {
    stdout,
    stderr,
    follow: queryFlag(query, 'follow'),
    since: time('since'),
    until: query.get('until') === '0' ? undefined : time('until'),
    tail: /^\+?\d+$/.test(tail) ? Number(tail) : undefined,
    timestamps: queryFlag(query, 'timestamps'),
    details: queryFlag(query, 'details'),
  }
}

const attachQuery = ({ query }: Input): AttachQuery => ({
  stdin: queryFlag(query, 'stdin'),
  stdout: queryFlag(query, 'stdout'),
  stderr: queryFlag(query, 'stderr'),
  logs: queryFlag(query, 'logs'),
  stream: queryFlag(query, 'stream'),
  detachKeys: query.get('detachKeys') ?? '',
  framed: true,
})

/** All three streams, where an older client had no say. */
function websocketQuery(input: Input): AttachQuery {
  const asked = { ...attachQuery(input), framed: false }
  return supports(input.version, 'websocketStreams') ? asked : { ...asked, stdin: true, stdout: true, stderr: true }
}

/** The connection is taken over before the check, so that a refusal is plain text on it. */
const refuseOnConnection = ({ kind, message }: Problem): Answer => ({
  status: statusOf[kind],
  headers: [['Content-Type', rawStream]],
  text: `${message}\r\n`,
})

export const streamRoutes: readonly EngineRoute[] = [
  {
    method: 'GET',
    path: '/containers/:name/logs',
    operationId: 'ContainerLogs',
    reply: ({ state, input }) => {
      const query = logQuery(input)
      const container = find(state, name(input))
      return {
        status: 200,
        headers: [['Content-Type', streamType(container.config.tty, input.version)]],
        follow: logs(state, container, query),
      }
    },
  },
  {
    method: 'POST',
    path: '/containers/:name/attach',
    operationId: 'ContainerAttach',
    command: (input) => {
      const { detachKeys, logs } = attachQuery(input)
      return { type: 'ContainerAttach', id: name(input), detachKeys, logs }
    },
    reply: ({ state, input }) => {
      const container = find(state, name(input))
      return {
        upgrade: {
          protocol: 'tcp',
          contentType: hijackedType(container.config.tty, input.version),
          ...attached(state, container, attachQuery(input)),
        },
      }
    },
    refuse: refuseOnConnection,
  },
  {
    method: 'GET',
    path: '/containers/:name/attach/ws',
    operationId: 'ContainerAttachWebsocket',
    command: (input, state) => {
      find(state, name(input))
      if (input.request.headers.upgrade?.toLowerCase() !== 'websocket') throw notWebsocket()
      const { detachKeys, logs } = websocketQuery(input)
      return { type: 'ContainerAttach', id: name(input), detachKeys, logs }
    },
    reply: ({ state, input }) => {
      const container = find(state, name(input))
      return {
        upgrade: {
          protocol: supports(input.version, 'binaryWebsocket') ? 'websocket' : 'websocket-text',
          contentType: hijackedType(container.config.tty, input.version),
          ...attached(state, container, websocketQuery(input)),
        },
      }
    },
    refuse: (problem, version) =>
      problem.message === notWebsocket().message
        ? { status: 400, bytes: [new TextEncoder().encode(problem.message)] }
        : surface.refuse(problem, version),
  },
  {
    method: 'POST',
    path: '/containers/:name/resize',
    operationId: 'ContainerResize',
    command: (input) => ({ type: 'ContainerResize', id: name(input), ...terminalSize(input.query) }),
    reply: () => empty(200),
  },
]
