import type { Calls } from '../user/call.ts'
import type { Sys } from '../user/sys.ts'
import { userProgram } from '../user/user-program.ts'
import { parseOptions } from './options.ts'
import { reach, words } from './reach.ts'

/** nc of busybox: `nc HOST PORT`, `nc -l -p PORT`, `-z` to try, `-v`, `-w SECONDS`. */
export const nc = userProgram('nc', function* (sys) {
  const options = parseOptions(sys.args, 'lp:w:vzne:uki:q:Nk')
  if (options.has('l')) {
    const port = Number(options.get('p') ?? options.words.at(-1) ?? 0)
    const listener = yield* sys.listen(port)
    if (options.has('v')) yield sys.error(`listening on [::]:${port} ...`)
    do {
      const fd = yield* sys.accept(listener)
      yield* relay(sys, fd)
    } while (options.has('k'))
    return 0
  }
  const [host, port] = options.words
  if (host === undefined || port === undefined) {
    yield sys.error('BusyBox v1.36.1 multi-call binary.\n\nUsage: nc [IPADDR PORT]')
    return 1
  }
  const reached = yield* reach(sys, host, Number(port))
  if ('failed' in reached) {
    if (reached.failed === 'name') yield sys.error(`nc: bad address '${host}'`)
    else yield sys.error(`nc: ${host} (${reached.address}:${port}): ${words(reached.failed)}`)
    return 1
  }
  if (options.has('v')) yield sys.error(`${host} (${reached.address}:${port}) open`)
  if (options.has('z')) return 0
  yield* relay(sys, reached.fd)
  return 0
})

/** Both ways, until the other side has ended. */
function* relay(sys: Sys, fd: number): Calls<void> {
  let feeding = true
  for (;;) {
    const ready = yield* sys.poll(feeding ? [fd, 0] : [fd])
    const bytes = yield* sys.read(ready)
    if (ready === fd) {
      if (bytes === undefined) break
      yield* sys.write(bytes)
    } else if (bytes === undefined) {
      feeding = false
      yield* sys.shutdown(fd)
    } else yield* sys.write(bytes, fd)
  }
  yield* sys.close(fd)
}
