import { Call, type Frame } from '../bin/call.ts'
import { BROKEN_PIPE } from '../bin/tool.ts'
import { exit, type Wait } from '../kernel/program.ts'
import { encode } from '../text/codec.ts'

/** What was said and is not out yet, in order. */
export type Said = readonly [fd: 1 | 2, bytes: Uint8Array][]

/** One call of a package manager: what it says to either stream comes out in the order in which it was said. */
export class Asking extends Call<Said> {
  override out(what: string | Uint8Array): void {
    this.#say(1, typeof what === 'string' ? encode(what) : what)
  }

  /** A line to standard error. */
  say(text: string): void {
    this.#say(2, encode(`${text}\n`))
  }

  override fail(words: string, code = 1): void {
    this.say(`${this.name}: ${words}`)
    this.frame.code ||= code
  }

  #say(fd: 1 | 2, bytes: Uint8Array): void {
    if (bytes.length > 0) this.frame.data = [...this.frame.data, [fd, bytes]]
  }

  /** Hands on what was said; gives what to wait for while some is left. */
  flush(): Wait | undefined {
    const { kernel, process, frame } = this
    for (let first = frame.data[0]; first; first = frame.data[0]) {
      const [fd, bytes] = first
      const taken = kernel.write(process, fd, bytes)
      if (taken < 0) return exit(BROKEN_PIPE)
      if (taken === 0) return { type: 'write', fd }
      const rest: Said = taken < bytes.length ? [[fd, bytes.subarray(taken)]] : []
      frame.data = [...rest, ...frame.data.slice(1)]
    }
    return undefined
  }
}

export const frame = (): Frame<Said> => ({
  args: { flags: new Set(), values: new Map(), all: new Map(), operands: [] },
  data: [],
  out: [],
  code: 0,
  finished: false,
  until: undefined,
})
