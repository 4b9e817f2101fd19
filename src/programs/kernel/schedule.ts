import type { Instant } from '../../core/instant.ts'
import type { Process } from './process.ts'

export interface Alarm {
  readonly at: Instant
  readonly sequence: number
  readonly process: Process
  /** The wait it belongs to: an alarm of an older wait is stale. */
  readonly turn: number
}

/** Who can run, in turn, and who sleeps until when (a binary heap). */
export interface Schedule {
  queue: Process[]
  head: number
  readonly alarms: Alarm[]
  sequence: number
}

export const schedule = (): Schedule => ({ queue: [], head: 0, alarms: [], sequence: 0 })

export function push(schedule: Schedule, process: Process): void {
  if (process.queued) return
  process.queued = true
  schedule.queue.push(process)
}

export function shift(schedule: Schedule): Process | undefined {
  const process = schedule.queue[schedule.head]
  if (process === undefined) {
    schedule.queue = []
    schedule.head = 0
    return undefined
  }
  schedule.head++
  process.queued = false
  if (schedule.head > 1024) {
    schedule.queue = schedule.queue.slice(schedule.head)
    schedule.head = 0
  }
  return process
}

export const runnable = (schedule: Schedule): boolean => schedule.head < schedule.queue.length

const before = (a: Alarm, b: Alarm) => a.at < b.at || (a.at === b.at && a.sequence < b.sequence)

export function setAlarm(schedule: Schedule, process: Process, at: Instant): void {
  const { alarms } = schedule
  const alarm: Alarm = { at, sequence: schedule.sequence++, process, turn: process.turn }
  let hole = alarms.push(alarm) - 1
  while (hole > 0) {
    const parent = (hole - 1) >> 1
    if (!before(alarm, alarms[parent]!)) break
    alarms[hole] = alarms[parent]!
    hole = parent
  }
  alarms[hole] = alarm
}

/** The first alarm that somebody still waits for. */
export function firstAlarm(schedule: Schedule): Alarm | undefined {
  for (;;) {
    const alarm = schedule.alarms[0]
    if (alarm === undefined || (!alarm.process.dead && alarm.process.turn === alarm.turn)) return alarm
    takeAlarm(schedule)
  }
}

export function takeAlarm(schedule: Schedule): Alarm | undefined {
  const { alarms } = schedule
  const first = alarms[0]
  const last = alarms.pop()
  if (last === undefined || alarms.length === 0) return first
  let hole = 0
  for (;;) {
    let child = 2 * hole + 1
    if (child >= alarms.length) break
    if (child + 1 < alarms.length && before(alarms[child + 1]!, alarms[child]!)) child++
    if (!before(alarms[child]!, last)) break
    alarms[hole] = alarms[child]!
    hole = child
  }
  alarms[hole] = last
  return first
}
