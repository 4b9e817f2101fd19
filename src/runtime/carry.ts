import type { Served } from './served.ts'
import type { Door } from './wavetank.ts'

type Kick = Pick<Door, 'kick'>
type Of<Kind extends Served['kind']> = Extract<Served, { kind: Kind }>

/** Where the bytes for a client go. */
export interface Outlet {
  /** False when the client does not keep up: the auto clock then waits for `drained`. */
  write(bytes: Uint8Array): boolean
  /** Nothing more comes. */
  end(): void
}

/** What a door tells of the client that reads a long answer. */
export interface Reader {
  /** It has taken what was held up. */
  drained(): void
  /** It is gone. */
  left(): void
}

/** What a door tells of the client at the other end of a taken-over connection. */
export interface Peer extends Reader {
  bytes(bytes: Uint8Array): void
  /** It will send nothing more, and goes on reading. */
  halfClosed(): void
}

/** The body of a stream; the head must be out already. */
export function carry(door: Kick, { pump }: Of<'stream'> | Of<'hijack'>, outlet: Outlet): Reader {
  pump.open({
    chunk: (bytes) => {
      if (!outlet.write(bytes)) pump.held = true
    },
    end: () => outlet.end(),
  })
  door.kick()
  return {
    drained: () => {
      pump.held = false
      door.kick()
    },
    left: () => pump.close(),
  }
}

/** Both ways of a taken-over connection; the head must be out already. */
export function takeOver(door: Kick, served: Of<'hijack'>, outlet: Outlet): Peer {
  const reader = carry(door, served, outlet)
  const write = (bytes: Uint8Array | undefined) => {
    if (served.pump.ended) return
    served.input.write(bytes)
    door.kick()
  }
  return { ...reader, bytes: write, halfClosed: () => write(undefined) }
}

/**
 * Waits for an answer that is known only later, or the head of a stream. `undefined`: it will never be. The result is called when
 * the client is gone.
 */
export function whenKnown(
  door: Kick,
  served: Of<'later'>,
  give: (known: Of<'answer'> | Of<'stream'> | undefined) => void,
): () => void {
  let given = false
  const once = (known: Of<'answer'> | Of<'stream'> | undefined) => {
    if (!given) give(known)
    given = true
  }
  served.pump.open({
    answer: (answer) => once({ kind: 'answer', answer: served.finish(answer) }),
    head: (head) => once(served.begin(head)),
    chunk: () => {},
    end: () => once(undefined),
  })
  door.kick()
  return () => served.pump.close()
}
