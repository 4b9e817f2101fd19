import type { Instant } from '../../core/instant.ts'
import type { Answer } from '../../http/reply.ts'
import type { EngineEvent } from '../events.ts'
import { type Link, timeOf } from './link.ts'
import { lineOf, type Progress, pulledAt, type Step, stepsOf } from './progress.ts'
import type { Ask } from './talk.ts'

/** A request on its way to a registry, or its answer on the way back. moby: distribution/xfer/transfer.go */
export interface Transfer {
  /** What it is: those who ask for the same share it. Else the conversation that asks. */
  readonly key: string
  readonly ask: Ask
  /** Who waits for it. */
  readonly conversations: readonly string[]
  /** Since when it goes in this direction, and when it will be there. */
  readonly from: Instant
  readonly until: Instant
  /** What is still to be told on the way. */
  readonly steps: readonly Step[]
  /** What was told last. */
  readonly line?: object
  /** On its way back; `undefined` within: nobody was there. */
  readonly back?: { readonly answer: Answer | undefined }
  /** It has come, and is kept for those who ask for the same. */
  readonly there?: true
}

export const transferTimer = (key: string): string => `transfer/${key}`

/** A request sets out. */
export function setOut(key: string, ask: Ask, conversation: string, link: Link, now: Instant): readonly EngineEvent[] {
  const takes = link.latency + timeOf(link, ask.request.body.length)
  const { progress } = ask
  const steps = progress?.at ? stepsOf(progress.at, progress, now, takes) : []
  return goOn({ key, ask, conversations: [conversation], from: now, until: now + takes, steps }, now)
}

/** Its answer does. */
export function setBack(
  transfer: Transfer,
  answer: Answer | undefined,
  link: Link,
  now: Instant,
): readonly EngineEvent[] {
  const length = sizeOf(answer)
  const takes = timeOf(link, length)
  const progress = answer?.status === 200 ? measured(transfer.ask.progress, length) : undefined
  const steps = progress ? stepsOf(pulledAt(length, progress), progress, now, takes) : []
  const ask = progress ? { ...transfer.ask, progress } : transfer.ask
  return goOn({ ...transfer, ask, from: now, until: now + takes, steps, back: { answer } }, now)
}

const sizeOf = (answer: Answer | undefined) => (answer?.bytes ?? []).reduce((sum, { length }) => sum + length, 0)

const measured = (progress: Progress | undefined, length: number): Progress | undefined =>
  progress?.status === 'Downloading' ? { size: length, ...progress } : undefined

/** What is due of it by now: lines are told, and it may be there. */
export function goOn(transfer: Transfer, now: Instant): readonly EngineEvent[] {
  const due = transfer.steps.filter((step) => step.due <= now)
  const lines = due.map(({ current }) => lineOf(transfer.ask.progress!, current, transfer.from, now))
  const steps = transfer.steps.slice(due.length)
  const after = lines.length === 0 ? transfer : { ...transfer, steps, line: lines.at(-1)! }
  return [...told(transfer.conversations, lines), ...next(after, now)]
}

/** Each of those who wait is told. */
const told = (conversations: readonly string[], lines: readonly object[]): EngineEvent[] =>
  lines.length === 0 ? [] : conversations.map((id) => ({ type: 'distribution.say', id, lines }))

function next(transfer: Transfer, now: Instant): EngineEvent[] {
  const { key, ask, back, conversations, steps, until } = transfer
  const kept: EngineEvent = { type: 'distribution.transfer', transfer }
  if (until > now) {
    const due = steps[0]?.due ?? until
    return [kept, { type: 'timer.set', key: transferTimer(key), due, command: { type: 'TransferAdvance', key } }]
  }
  if (back) return [kept, { type: 'distribution.arrive', key, conversations, answer: back.answer }]
  return [kept, { type: 'distribution.ask', key, request: ask.request }]
}

/** One more waits for it. */
export function join(transfer: Transfer, id: string): readonly EngineEvent[] {
  const { line } = transfer
  const conversations = [...transfer.conversations, id]
  const joined: EngineEvent = { type: 'distribution.transfer', transfer: { ...transfer, conversations } }
  return [joined, ...told([id], line ? [line] : [])]
}

/** One waits no longer; without anybody it is cancelled. */
export function part(transfer: Transfer, id: string): readonly EngineEvent[] {
  const { key } = transfer
  const conversations = transfer.conversations.filter((one) => one !== id)
  if (conversations.length > 0) return [{ type: 'distribution.transfer', transfer: { ...transfer, conversations } }]
  return [
    { type: 'timer.clear', key: transferTimer(key) },
    { type: 'distribution.cancel', key },
  ]
}
