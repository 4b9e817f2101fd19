import type { Calls } from '../user/call.ts'
import type { Sys } from '../user/sys.ts'
import { userProgram } from '../user/user-program.ts'
import { parseOptions } from './options.ts'

const ms = (micros: number) => (micros / 1000).toFixed(3)

/** ping of busybox. */
export const ping = userProgram('ping', function* (sys) {
  const options = parseOptions(sys.args, 'c:i:w:W:qs:I:t:46nA')
  const [host] = options.words
  if (host === undefined) {
    yield sys.error('BusyBox v1.36.1 multi-call binary.\n\nUsage: ping [OPTIONS] HOST')
    return 1
  }
  const [address] = yield* sys.resolve(host)
  if (address === undefined) {
    yield sys.error(`ping: bad address '${host}'`)
    return 1
  }
  const times: number[] = []
  let sent = 0
  yield sys.trap('INT', function* () {
    yield* tellStatistics(sys, host, sent, times)
    yield sys.exit(times.length > 0 ? 0 : 1)
  })
  const size = Number(options.get('s') ?? 56)
  yield sys.print(`PING ${host} (${address}): ${size} data bytes`)
  const count = Number(options.get('c') ?? Number.POSITIVE_INFINITY)
  const interval = Number(options.get('i') ?? 1) * 1000
  const deadline = options.has('w') ? (yield* sys.now()) + Number(options.get('w')) * 1e6 : Number.POSITIVE_INFINITY
  while (sent < count) {
    const time = yield* sys.ping(address)
    const sequence = sent++
    if (time !== undefined) {
      times.push(time)
      if (!options.has('q'))
        yield sys.print(`${size + 8} bytes from ${address}: seq=${sequence} ttl=64 time=${ms(time)} ms`)
    }
    if (sent < count) yield sys.sleep(interval)
    // The last one is waited for, as long as -W says.
    else if (time === undefined) yield sys.sleep(Number(options.get('W') ?? 10) * 1000)
    if ((yield* sys.now()) >= deadline) break
  }
  yield* tellStatistics(sys, host, sent, times)
  return times.length > 0 ? 0 : 1
})

function* tellStatistics(sys: Sys, host: string, sent: number, times: readonly number[]): Calls<void> {
  const lost = sent === 0 ? 0 : Math.floor(((sent - times.length) * 100) / sent)
  yield sys.print(`\n--- ${host} ping statistics ---`)
  yield sys.print(`${sent} packets transmitted, ${times.length} packets received, ${lost}% packet loss`)
  if (times.length === 0) return
  const average = times.reduce((sum, time) => sum + time, 0) / times.length
  yield sys.print(`round-trip min/avg/max = ${ms(Math.min(...times))}/${ms(average)}/${ms(Math.max(...times))} ms`)
}
