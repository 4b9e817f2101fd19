import type { EngineCommand, EngineEvent, EngineState } from '../../src/engine/index.ts'
import type { Follow } from '../../src/http/follow.ts'
import type { Answer, Upgrade } from '../../src/http/reply.ts'
import { Pump } from '../../src/runtime/pump.ts'
import type { World } from './world.ts'

/** What has come of a long answer so far. */
export interface Reading {
  readonly chunks: Uint8Array[]
  ended: boolean
  answer: Answer | undefined
  /** All bytes as text. */
  readonly text: string
  /** `[stream, text]` of each chunk, which must be a frame. */
  readonly frames: readonly (readonly [number, string])[]
}

const decoder = new TextDecoder()

/** Reads a long answer of a world. */
export function reading(world: World, follow: Follow<EngineState, EngineEvent>): Reading {
  const read: Reading = {
    chunks: [],
    ended: false,
    answer: undefined,
    get text() {
      return this.chunks.map((chunk) => decoder.decode(chunk)).join('')
    },
    get frames() {
      return this.chunks.map((chunk) => [chunk[0]!, decoder.decode(chunk.subarray(8))] as const)
    },
  }
  new Pump(follow, world.store, () => {}).open({
    answer: (answer) => {
      read.answer = answer
    },
    chunk: (bytes) => read.chunks.push(bytes),
    end: () => {
      read.ended = true
    },
  })
  return read
}

type AnyUpgrade = Pick<Upgrade<EngineState, EngineCommand, EngineEvent>, 'input'>

/** The client's half of a taken-over connection: text, or `undefined` for its half-close. Gives whether it was closed. */
export function typing(world: World, { input }: AnyUpgrade): (text: string | undefined) => boolean {
  let acc = input.seed
  return (text) => {
    const step = input.step(acc, text === undefined ? undefined : new TextEncoder().encode(text))
    acc = step.acc
    for (const command of step.commands ?? []) world.do(command)
    return step.done ?? false
  }
}
