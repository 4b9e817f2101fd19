import type { Instant } from '../../core/instant.ts'
import { SIGNALS, signalNumber } from '../kernel/signals.ts'
import type { Call } from './call.ts'
import { startChild } from './exec.ts'
import { parseDuration } from './sleep.ts'
import { tool, usage } from './tool.ts'

interface Timeout {
  pid: number
  until: Instant
  /** The next signal; it is KILL after `-k`. */
  signal: number
  timedOut: boolean
}

const LINE = 'timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS'

function start(call: Call<Timeout>): number | undefined {
  const [word, ...argv] = call.operands
  const time = word === undefined ? undefined : parseDuration(word)
  if (word === undefined || argv.length === 0) {
    usage(call, LINE)
    return 1
  }
  if (time === undefined) {
    call.fail(`invalid number '${word}'`)
    return 1
  }
  const name = call.value('s') ?? 'TERM'
  const signal = signalNumber(name)
  if (signal === undefined) {
    call.fail(`unknown signal '${name}'`)
    return 1
  }
  const pid = startChild(call, argv)
  if (pid === undefined) return call.frame.code
  Object.assign(call.data, { pid, until: time === 0 ? Number.POSITIVE_INFINITY : call.kernel.now + time, signal })
  return undefined
}

/** The time is over: the signal, and later KILL. */
function strike(call: Call<Timeout>): void {
  const { kernel, data } = call
  const child = kernel.processes.get(data.pid)
  if (child) kernel.signal(child, data.signal)
  data.timedOut = true
  const kill = call.value('k')
  const wait = kill === undefined || data.signal === SIGNALS.KILL ? undefined : parseDuration(kill)
  data.until = wait === undefined ? Number.POSITIVE_INFINITY : kernel.now + wait
  data.signal = SIGNALS.KILL
}

/** The real one is the program itself: a signal that ends the program ends it. */
function endAs({ kernel, process }: Call<Timeout>, status: number, signal: number): number {
  if (signal > 0) kernel.signal(process, signal)
  return status
}

export const timeout = tool<Timeout>({
  name: 'timeout',
  short: 's:k:',
  long: { 'signal:': 's', 'kill-after:': 'k', foreground: '', 'preserve-status': '' },
  mixed: false,
  usage: LINE,
  data: () => ({ pid: 0, until: 0, signal: 0, timedOut: false }),
  run(call) {
    const { kernel, process, data } = call
    if (data.pid === 0) {
      const code = start(call)
      if (code !== undefined) return code
    }
    const zombie = kernel.reap(process, data.pid)
    if (zombie) return endAs(call, zombie.status, zombie.signal)
    if (kernel.now >= data.until) strike(call)
    // A child's end is a signal too, and signals wake.
    const until = Number.isFinite(data.until) ? { until: data.until } : {}
    call.pause({ type: 'child', pid: data.pid, ...until })
    return undefined
  },
})
