import { connect, type Socket } from 'node:net'

/** A connection that speaks bytes, to see what really goes over the wire. */
export class Wire {
  readonly socket: Socket
  received = ''
  ended = false
  #wake: (() => void)[] = []

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    this.socket.on('data', (bytes) => {
      this.received += bytes.toString('latin1')
      this.#woken()
    })
    this.socket.on('end', () => {
      this.ended = true
      this.#woken()
    })
    this.socket.on('error', () => this.#woken())
    this.socket.on('close', () => this.#woken())
  }

  #woken(): void {
    for (const wake of this.#wake.splice(0)) wake()
  }

  write(text: string): this {
    this.socket.write(text, 'latin1')
    return this
  }

  /** Waits until what came so far satisfies. */
  async until(satisfied: (received: string) => boolean): Promise<string> {
    while (!satisfied(this.received)) {
      if (this.socket.destroyed) throw new Error(`closed after ${JSON.stringify(this.received)}`)
      await new Promise<void>((resolve) => this.#wake.push(resolve))
    }
    return this.received
  }

  has = (text: string): Promise<string> => this.until((received) => received.includes(text))

  /** All that comes until the other side's FIN. */
  async all(): Promise<string> {
    while (!this.ended) await new Promise<void>((resolve) => this.#wake.push(resolve))
    return this.received
  }
}

/** Waits for something that the other side does in its own time. */
export async function eventually(true_: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 2_000; turn++) {
    if (await true_()) return
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new Error('it did not happen')
}
