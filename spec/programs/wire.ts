import { utf8 } from '../../src/programs/kernel/bytes.ts'
import type { Out } from '../../src/programs/kernel/out.ts'
import type { Machine } from '../../src/programs/machine.ts'

/** A caller from outside: what came back, byte by character. */
export class Caller {
  readonly #machine: Machine
  readonly name: string
  received = ''
  closed = false

  constructor(machine: Machine, port: number, name = 'c1') {
    this.#machine = machine
    this.name = name
    if (!machine.accept(name, port, { host: '172.17.0.1', port: 40_000 })) this.closed = true
  }

  send(bytes: string | Uint8Array): void {
    this.#machine.deliver(this.name, typeof bytes === 'string' ? utf8(bytes) : bytes)
  }

  /** Runs the machine and gives what came back since the last time. */
  hear(now: number = this.#machine.kernel.now): string {
    this.#machine.run(now)
    this.received = ''
    for (const out of this.#machine.takeOutbox()) this.#take(out)
    return this.received
  }

  ask(bytes: string | Uint8Array): string {
    this.send(bytes)
    return this.hear()
  }

  #take(out: Out): void {
    if (out.type === 'send' && out.connection === this.name) this.received += Buffer.from(out.bytes).toString('latin1')
    if (out.type === 'close' && out.connection === this.name) this.closed = true
  }
}
