import type { Machine } from '../../src/programs/machine.ts'
import { take } from './programs.ts'

/** Machines by address, wired up: names are the keys, addresses 10.0.0.1 and so on. Gives what else they put out. */
export class Network {
  readonly #machines: readonly { readonly name: string; readonly address: string; readonly machine: Machine }[]
  /** Peer of a connection: `machine connection` → both of the other side. */
  readonly #peers = new Map<string, { readonly machine: Machine; readonly connection: string }>()
  #named = 0

  constructor(machines: Readonly<Record<string, Machine>>) {
    this.#machines = Object.entries(machines).map(([name, machine], at) => {
      const address = `10.0.0.${at + 1}`
      machine.setAddresses([address])
      return { name, address, machine }
    })
  }

  /** Runs until nothing moves at `now`; gives what the machine of that name printed. */
  settle(now: number, name: string): string[] {
    const shown: string[] = []
    for (let moved = true; moved; ) {
      moved = false
      for (const one of this.#machines) {
        one.machine.run(now)
        const network = one.machine.kernel.outbox.filter(({ type }) => NETWORK.has(type))
        one.machine.kernel.outbox = one.machine.kernel.outbox.filter(({ type }) => !NETWORK.has(type))
        const printed = take(one.machine)
        if (one.name === name) shown.push(...printed)
        for (const out of network) this.#carry(one, out)
        moved ||= network.length > 0
      }
    }
    return shown
  }

  #carry({ machine, address }: { machine: Machine; address: string }, out: Machine['kernel']['outbox'][number]): void {
    const key = (of: Machine, connection: string) =>
      `${this.#machines.findIndex((one) => one.machine === of)} ${connection}`
    if (out.type === 'query') {
      const found = this.#machines.find(({ name, address }) =>
        out.ask === 'resolve' ? name === out.name : address === out.host,
      )
      if (out.ask === 'resolve') machine.answer(out.query, { addresses: found ? [found.address] : [] })
      else machine.answer(out.query, found ? { roundTrip: 50 } : {})
    } else if (out.type === 'connect') {
      const target = this.#machines.find((one) => one.address === out.host)?.machine
      if (!target) return machine.unreachable(out.connection)
      const connection = `in-${this.#named++}`
      if (!target.accept(connection, out.port, { host: address, port: 1 })) return machine.refused(out.connection)
      this.#peers.set(key(machine, out.connection), { machine: target, connection })
      this.#peers.set(key(target, connection), { machine, connection: out.connection })
      machine.connected(out.connection)
    } else if (out.type === 'send' || out.type === 'end' || out.type === 'close') {
      const peer = this.#peers.get(key(machine, out.connection))
      if (out.type === 'send') peer?.machine.deliver(peer.connection, out.bytes)
      else if (out.type === 'end') peer?.machine.endConnection(peer.connection)
      else peer?.machine.hangupConnection(peer.connection)
    }
  }
}

const NETWORK = new Set(['query', 'connect', 'send', 'end', 'close'])
