import { type Instant, SECOND } from '../../core/instant.ts'
import type { Program } from '../kernel/program.ts'
import { SIGNALS } from '../kernel/signals.ts'
import { dashTime, partsOf } from './log-time.ts'
import { type Context, type Service, serviceProgram } from './server.ts'

interface State {
  clients: number
  /** When it ends, if nobody connects again. */
  deadline: Instant | undefined
  readonly patience: number
}

const line = (now: Instant, words: string) =>
  `time=${dashTime(now).replace(' ', 'T')}.${partsOf(now).millisecond}Z level=INFO msg=${words}`

/**
 * The reaper of testcontainers: takes filters, line by line, and answers each with ACK. It reaps nothing — a tank ends with its test — and ends by itself
 * when its last client is gone for ten seconds.
 */
const service: Service<State, null> = {
  name: 'ryuk',
  boot({ process, now }) {
    const port = Number(process.env.get('RYUK_PORT') || 8080)
    return {
      state: { clients: 0, deadline: undefined, patience: 10 * SECOND },
      log: [
        {
          text: line(
            now,
            `starting connection_timeout=1m0s reconnection_timeout=10s request_timeout=10s shutdown_timeout=10m0s remove_retries=10 retry_offset=-1s changes_retry_interval=1s port=${port} verbose=false`,
          ),
        },
        { text: line(now, `Started address=[::]:${port}`) },
        { text: line(now, '"client processing started"') },
      ],
      ports: [port],
    }
  },
  open({ state, now, log }, { socket }) {
    state.clients++
    state.deadline = undefined
    log(line(now, `"client connected" address=${socket.remote.host}:${socket.remote.port} clients=${state.clients}`))
    return null
  },
  receive({ now, log }, session, bytes) {
    let rest = bytes
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const filter = new TextDecoder().decode(rest.subarray(0, end)).trim()
      log(line(now, `"adding filter" filter="${filter}"`))
      session.send('ACK\n')
      rest = rest.subarray(end + 1)
    }
    return rest
  },
  closed({ state, now, log }) {
    state.clients--
    if (state.clients === 0) state.deadline = now + state.patience
    log(line(now, `"client disconnected" clients=${state.clients}`))
  },
  tick: ({ state }) => state.deadline,
  ended({ state, now, log }: Context<State>) {
    if (state.deadline === undefined || now < state.deadline) return undefined
    log(line(now, '"prune check" clients=0'))
    log(line(now, '"removed" containers=0 networks=0 volumes=0 images=0'))
    return 0
  },
  signals: {
    [SIGNALS.TERM]: ({ now }) => ({ log: [{ text: line(now, '"shutdown"') }], exit: 0 }),
    [SIGNALS.INT]: ({ now }) => ({ log: [{ text: line(now, '"shutdown"') }], exit: 0 }),
  },
}

export const ryuk: Program = serviceProgram(service)
