import { Duplex } from 'node:stream'

const HELD_BYTES = 256 * 1024

/** One end of a connection that has no wire. What HTTP of node asks of a socket is there, and does nothing. */
class End extends Duplex {
  peer!: End
  readonly encrypted = false
  readonly connecting = false
  readonly remoteAddress = '127.0.0.1'
  readonly remotePort = 1
  timeout = 0
  bytesRead = 0
  bytesWritten = 0
  #taken: (() => void) | undefined

  constructor() {
    super({ allowHalfOpen: true, highWaterMark: HELD_BYTES })
  }

  override _read(): void {
    const { peer } = this
    const taken = peer.#taken
    peer.#taken = undefined
    taken?.()
  }

  /** Given over on the next tick, as from a wire: the reader must not run in the middle of the writer. */
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    process.nextTick(() => {
      const { peer } = this
      if (peer.destroyed || peer.readableEnded) return done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
      this.bytesWritten += chunk.length
      peer.bytesRead += chunk.length
      if (peer.push(chunk)) done()
      else this.#taken = done
    })
  }

  override _final(done: () => void): void {
    process.nextTick(() => {
      if (!this.peer.destroyed) this.peer.push(null)
      done()
    })
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { peer } = this
    const taken = peer.#taken
    peer.#taken = undefined
    taken?.()
    process.nextTick(() => peer.#deserted(error !== null || !this.writableFinished))
    done(error)
  }

  /** The other end is gone: what it sent is still read, and what is sent to it is lost. */
  #deserted(abruptly: boolean): void {
    if (this.destroyed) return
    if (!this.readableEnded) this.push(null)
    if (!this.writableEnded) this.end()
    if (abruptly) this.destroy()
  }

  destroySoon(): void {
    if (this.writable) this.end()
    if (this.writableFinished) this.destroy()
    else this.once('finish', () => this.destroy())
  }

  setTimeout = (): this => this
  setNoDelay = (): this => this
  setKeepAlive = (): this => this
  ref = (): this => this
  unref = (): this => this
  address = () => ({})
}

/** A connection inside the process: what is written to one end is read from the other. */
export function duplexPair(): [Duplex, Duplex] {
  const one = new End()
  const other = new End()
  one.peer = other
  other.peer = one
  return [one, other]
}
