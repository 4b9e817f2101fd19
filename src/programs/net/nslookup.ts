import type { Calls } from '../user/call.ts'
import type { Sys } from '../user/sys.ts'
import { userProgram } from '../user/user-program.ts'

/** nslookup of busybox. */
export const nslookup = userProgram('nslookup', function* (sys) {
  const [name, given] = sys.args.filter((argument) => !argument.startsWith('-'))
  if (name === undefined) {
    yield sys.error(
      'BusyBox v1.36.1 multi-call binary.\n\nUsage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]',
    )
    return 1
  }
  const server = given ?? (yield* nameServer(sys))
  yield sys.print(`Server:\t\t${server}\nAddress:\t${server}:53\n`)
  const addresses = yield* sys.resolve(name)
  if (addresses.length === 0) {
    yield sys.print(`** server can't find ${name}: NXDOMAIN\n`)
    return 1
  }
  yield sys.print('Non-authoritative answer:')
  for (const address of addresses) yield sys.print(`Name:\t${name}\nAddress: ${address}`)
  yield sys.print('')
  return 0
})

function* nameServer(sys: Sys): Calls<string> {
  if (!(yield* sys.exists('/etc/resolv.conf'))) return '127.0.0.11'
  const file = yield* sys.readFile('/etc/resolv.conf')
  return /^nameserver\s+(\S+)/m.exec(file)?.[1] ?? '127.0.0.11'
}
