import { versionBelow } from './surface.ts'

/** From which version on something holds that routes ask about. Shapes of answers are rows of `changes`. */
const SINCE = {
  /** Events name an actor; before, they told of containers and images only. */
  eventActors: '1.22',
  /** `application/vnd.docker.multiplexed-stream` where frames are sent. */
  multiplexedStream: '1.42',
  /** attach/ws chooses its streams. */
  websocketStreams: '1.42',
  /** exec takes the size of its terminal. */
  consoleSize: '1.42',
  /** stop and restart choose their signal. */
  stopSignal: '1.42',
  /** wait has conditions and sends its head at once. */
  waitCondition: '1.30',
} as const

export type Feature = keyof typeof SINCE

export const supports = (version: string, feature: Feature): boolean => !versionBelow(version, SINCE[feature])
