import type { Request } from '../../src/http/input.ts'
import { utf8 } from '../../src/http/json-lines.ts'
import type { Head } from '../../src/http/reply.ts'
import { encode } from '../../src/runtime/encode.ts'
import { Pump } from '../../src/runtime/pump.ts'
import type { Served } from '../../src/runtime/served.ts'
import { Store } from '../../src/runtime/store.ts'

interface Said {
  readonly type: 'said' | 'over'
  readonly bytes: Uint8Array
}

/** A tank with four routes, one for each way to answer, that remembers what reached it. */
export class ToyTank {
  readonly requests: Request[] = []
  readonly input: (string | undefined)[] = []
  readonly clock = { now: 1_735_689_600_000_000 }
  kicks = 0
  readonly pumps = new Set<Pump<null, Said>>()
  readonly #store = new Store<null, Said, Said>(
    { initial: null, decide: (_state, command) => [command], evolve: () => null },
    'toy',
  )

  /** Everybody who follows hears it. */
  say(text: string | Uint8Array): void {
    this.#store.dispatch({ type: 'said', bytes: typeof text === 'string' ? utf8(text) : text }, 0)
  }

  finish(): void {
    this.#store.dispatch({ type: 'over', bytes: utf8('') }, 0)
  }

  answers(origin?: string): boolean {
    return origin === 'https://registry-1.docker.io'
  }

  intake(): undefined {}

  kick(): void {
    this.kicks++
  }

  serve(request: Request): Served {
    this.requests.push(request)
    const path = request.target.split('?')[0]
    if (path === '/stream')
      return { kind: 'stream', status: 200, headers: [['Content-Type', 'text/x']], pump: this.#pump() }
    if (path === '/later') return this.#later(this.#pump(true))
    if (path === '/attach') return this.#hijack()
    if (path === '/broken') throw new Error('out of order')
    if (path === '/big') return this.#big()
    if (path === '/none') return { kind: 'answer', answer: { status: 204, headers: [['Server', 'toy']], body: [] } }
    if (path === '/raw-refusal') return this.#rawRefusal()
    const { method, target, origin } = request
    const json = {
      method,
      target,
      origin,
      size: request.body.length,
      text: new TextDecoder().decode(request.body.subarray(0, 64)),
    }
    return { kind: 'answer', answer: encode({ status: path === '/refused' ? 409 : 200, json }, [['Server', 'toy']]) }
  }

  #rawRefusal(): Served {
    const headers = [['Content-Type', 'application/vnd.docker.raw-stream']] as const
    return {
      kind: 'answer',
      answer: encode({ status: 404, text: 'No such container: x\r\n', headers }, [['Server', 'toy']]),
    }
  }

  #big(): Served {
    const part = new Uint8Array(1 << 20).fill(7)
    return { kind: 'answer', answer: { status: 200, headers: [], body: Array.from({ length: 100 }, () => part) } }
  }

  #later(pump: Pump<null, Said>): Served {
    const begin = ({ status, headers = [] }: Head) => ({ kind: 'stream' as const, status, headers, pump })
    return { kind: 'later', pump, finish: (answer) => encode(answer), begin }
  }

  #pump(late = false): Pump<null, Said> {
    const pump: Pump<null, Said> = new Pump(
      {
        seed: { acc: '' },
        step: (acc: string, { type, bytes }) => {
          if (!late) return type === 'said' ? { acc, chunks: [bytes] } : { acc, done: true }
          return type === 'said'
            ? { acc: acc + new TextDecoder().decode(bytes) }
            : { acc, answer: { status: 200, text: acc } }
        },
        waits: true,
      },
      this.#store,
      (ended) => this.pumps.delete(ended),
    )
    this.pumps.add(pump)
    return pump
  }

  #hijack(): Served {
    const pump = this.#pump()
    const write = (bytes: Uint8Array | undefined) => {
      this.input.push(bytes && new TextDecoder().decode(bytes))
      if (!bytes) this.say('bye')
      else this.say(`<${new TextDecoder().decode(bytes)}>`)
      if (!bytes) this.finish()
    }
    return {
      kind: 'hijack',
      upgrade: {
        contentType: {
          upgraded: 'application/vnd.docker.multiplexed-stream',
          plain: 'application/vnd.docker.raw-stream',
        },
        protocol: 'tcp',
        follow: { seed: { acc: 0 }, step: (acc) => ({ acc }), waits: true },
        input: { seed: 0, step: (acc) => ({ acc }) },
      },
      pump,
      input: { write },
    }
  }
}
