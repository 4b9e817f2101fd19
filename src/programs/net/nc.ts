import { CallError } from '../kernel/errno.ts'
import type { Calls } from '../user/call.ts'
import type { Sys } from '../user/sys.ts'
import { userProgram } from '../user/user-program.ts'
import { type Options, parseOptions } from './options.ts'
import { reach, words } from './reach.ts'

/** Short options that take a value; what follows `-e` is a command line. */
const SHORT = 'lp:w:vznui:q:Nks:'

/** nc of busybox: `nc HOST PORT`, `nc -l -p PORT`, `-e PROG ARGS` to serve, `-z` to try, `-v`, `-w SECONDS`. */
export const nc = userProgram('nc', function* (sys) {
  const { args, command } = split(sys.args)
  const options = parseOptions(args, SHORT)
  if (options.has('l')) return yield* serve(sys, options, command)
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
  if (command.length > 0) return yield* run(sys, reached.fd, command)
  yield* relay(sys, reached.fd, timeout(options))
  return 0
})

/** Everything after `-e` is the program and its arguments. */
function split(args: readonly string[]): { readonly args: readonly string[]; readonly command: readonly string[] } {
  const at = args.findIndex((argument) => /^-[a-zA-Z]*e$/.test(argument))
  if (at < 0) return { args, command: [] }
  const others = args[at]!.slice(0, -1)
  return { args: [...args.slice(0, at), ...(others === '-' ? [] : [others])], command: args.slice(at + 1) }
}

/** Seconds without anything to read after which it gives up. */
const timeout = (options: Options) => (options.has('w') ? Number(options.get('w')) * 1000 : undefined)

function* serve(sys: Sys, options: Options, command: readonly string[]): Calls<number> {
  const port = Number(options.get('p') ?? options.words.at(-1) ?? 0)
  const listener = yield* listen(sys, port)
  if (listener === undefined) return 1
  if (options.has('v')) yield sys.error(`listening on [::]:${port} ...`)
  const again = options.has('k') || sys.args.some((argument) => /^-[a-z]*l[a-z]*l/.test(argument))
  for (;;) {
    const fd = yield* sys.accept(listener)
    if (!again) yield* sys.close(listener)
    if (command.length > 0 && !again) return yield* run(sys, fd, command)
    if (command.length > 0) yield* start(sys, fd, command)
    else yield* relay(sys, fd, timeout(options))
    if (!again) return 0
  }
}

function* listen(sys: Sys, port: number): Calls<number | undefined> {
  try {
    return yield* sys.listen(port)
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    yield sys.error('nc: bind: Address already in use')
    return undefined
  }
}

/** The command speaks to the other side in the place of nc. */
function* run(sys: Sys, fd: number, command: readonly string[]): Calls<number> {
  const child = yield* start(sys, fd, command)
  return child === undefined ? 1 : (yield* sys.wait(child)).status
}

function* start(sys: Sys, fd: number, command: readonly string[]): Calls<number | undefined> {
  try {
    const child = yield* sys.spawn(command, undefined, [fd, fd, fd])
    yield* sys.close(fd)
    return child
  } catch {
    yield sys.error(`nc: can't execute '${command[0] ?? ''}': No such file or directory`)
    yield* sys.close(fd)
    return undefined
  }
}

/** Both ways, until the other side has ended. */
function* relay(sys: Sys, fd: number, wait: number | undefined): Calls<void> {
  let feeding = true
  for (;;) {
    // What there is to send goes first: the other side may have ended already.
    const ready = yield* sys.poll(feeding ? [0, fd] : [fd], wait)
    if (ready === undefined) break
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
