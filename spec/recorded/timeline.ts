import { header, type Recorded, type Transcript } from './transcript.ts'

export type Timed = Transcript['exchanges'][number] & {
  /** Milliseconds after the first exchange of the group. */
  readonly start: number
  readonly end: number
  /** Others start before it is over. */
  readonly overlapped: boolean
  /** The latest time that the answer tells of; zero where it tells of none. */
  readonly told: number
}

/**
 * When each exchange began and ended. What is known: the order of starts (`n`), the order of ends (the lines), how long
 * each took, and to the second when each head was written (`Date`).
 */
export function timeline({ exchanges }: Transcript, alsoOverlapped: ReadonlySet<string>): readonly Timed[] {
  const byStart = exchanges.map((exchange, line) => ({ exchange, line })).sort((a, b) => a.exchange.n - b.exchange.n)
  const origin = Math.min(...byStart.map(({ exchange }) => second(exchange) ?? Number.POSITIVE_INFINITY))
  let cursor = 0
  const timed: (Timed & { readonly line: number })[] = []
  for (const [at, { exchange, line }] of byStart.entries()) {
    const overlapped = alsoOverlapped.has(exchange.key) || byStart.slice(at + 1).some((later) => later.line < line)
    const start = Math.max(cursor, seen(exchange) - origin, notBefore(exchange, line, timed))
    const end = start + exchange.ms
    cursor = overlapped ? start + lag(exchange, byStart[at + 1]?.exchange) : end
    timed.push({ ...exchange, start, end, overlapped, line, told: Math.max(0, latest(exchange) - origin) })
  }
  return timed.map((one, at) =>
    alsoOverlapped.has(one.key) ? { ...one, end: endedBy(one, timed.slice(at + 1)) } : one,
  )
}

/** It is the next call that ends it. */
const endedBy = ({ end }: Timed, later: readonly Timed[]) =>
  Math.max(end, later.find(({ overlapped }) => !overlapped)?.end ?? 0)

/** It ended after those whose line stands before its own. */
function notBefore({ ms }: Recorded, line: number, earlier: readonly { end: number; line: number }[]): number {
  const ends = earlier.filter((other) => other.line < line).map(({ end }) => end)
  return Math.max(0, ...ends) - ms
}

/** A recorder's pause before the call that ends an open one: such that both could end as they did. */
const lag = ({ ms }: Recorded, next: Recorded | undefined) => Math.min(250, Math.max(0, 0.75 * (ms - (next?.ms ?? 0))))

/** The earliest start: the head was written in that second, and the body tells of nothing that was yet to come. */
function seen(exchange: Recorded): number {
  const written = second(exchange)
  if (written === undefined) return 0
  return Math.max(written - headDelay(exchange), latest(exchange) - (exchange.ms < 20 ? 0 : exchange.ms))
}

function latest(exchange: Recorded): number {
  const written = second(exchange) ?? 0
  const told = JSON.stringify(exchange.response).match(TIMES) ?? []
  return Math.max(0, ...told.map((time) => Date.parse(`${time}Z`)).filter((time) => time < written + 1000))
}

const TIMES = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?=\d*Z)/g
const headDelay = ({ ms, response }: Recorded) => response.headersAtMs ?? ms

function second({ response }: Recorded): number | undefined {
  const date = header(response.headers, 'date')
  return date === undefined ? undefined : Date.parse(date)
}

/** When the recording's first head was written, in ms since the epoch. */
export const originOf = ({ exchanges }: Transcript): number =>
  Math.min(...exchanges.map((exchange) => second(exchange) ?? Number.POSITIVE_INFINITY))
