import type { HttpAnswer, HttpRequest } from '../http.ts'
import type { Program } from '../kernel/program.ts'
import { SIGNALS } from '../kernel/signals.ts'
import { entrypoint } from './entrypoint.ts'
import { dashTime, httpTime, partsOf } from './log-time.ts'
import { type Context, type Service, serviceProgram } from './server.ts'
import { receiveHttp } from './web.ts'

/** The time as logrus has it. */
const stamp = (now: number) => `${dashTime(now).replace(' ', 'T')}.${partsOf(now).microsecond}000Z`
const line = (now: number, words: string) => ({
  stream: 2 as const,
  text: `time="${stamp(now)}" level=info msg="${words}" go.version=go1.20.8 instance.id=00000000-0000-4000-8000-000000000000 service=registry version=2.8.3`,
})

/**
 * A registry without content in a container: it stays up, says that it is a v2 registry, and knows no repository. The hub of the tank is the registry that
 * takes pushes.
 */
const service: Service<null, null> = {
  name: 'registry',
  boot: ({ now }) => ({
    state: null,
    log: [
      line(now, 'redis not configured'),
      line(now, 'Starting upload purge in 0s'),
      line(now, 'using inmemory blob descriptor cache'),
      line(now, 'listening on [::]:5000'),
    ],
    ports: [5000],
  }),
  open: () => null,
  receive: (context, session, bytes) => receiveHttp(context, session, bytes, respond),
  signals: {
    [SIGNALS.TERM]: ({ now }) => ({ log: [line(now, 'attempting to stop server, draining connections')], exit: 0 }),
    [SIGNALS.INT]: () => ({ exit: 2 }),
  },
}

function respond({ now }: Context<null>, { path, keepAlive }: HttpRequest): HttpAnswer {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Docker-Distribution-Api-Version': 'registry/2.0',
    'X-Content-Type-Options': 'nosniff',
    Date: httpTime(now),
    ...(keepAlive ? {} : { Connection: 'close' }),
  }
  if (path === '/v2/') return { body: '{}', headers }
  if (path === '/v2/_catalog') return { body: '{"repositories":[]}\n', headers }
  const name = /^\/v2\/(.+)\/(?:manifests|blobs|tags)\//.exec(path)?.[1]
  if (name === undefined)
    return {
      status: 404,
      body: '404 page not found\n',
      headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' },
    }
  const errors = [{ code: 'NAME_UNKNOWN', message: 'repository name not known to registry', detail: { name } }]
  return { status: 404, body: `${JSON.stringify({ errors })}\n`, headers }
}

export const registry: Program = serviceProgram(service)

/** /entrypoint.sh: a configuration file means `registry serve`. */
export const registryEntrypoint: Program = entrypoint('registry-entrypoint', {
  argv: (given) =>
    /\.ya?ml$/.test(given[0] ?? '')
      ? ['registry', 'serve', ...given]
      : given[0] === 'serve'
        ? ['registry', ...given]
        : given,
})
