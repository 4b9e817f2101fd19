import type { Answer } from '../http/reply.ts'
import { versionBelow } from './api-version.ts'
import { type VersionChange, versionChanges } from './version-changes.ts'

/** From which version on something holds that routes ask about. Shapes of answers are rows of version-changes.ts. */
const SINCE = {
  /** Events tell of images that were built or committed. */
  imageCreateEvent: '1.46',
  /** Images do not tell of a container that they were committed from. */
  imageWithoutContainer: '1.45',
  /** A glob of names stands among the filters only. */
  imageFilter: '1.41',
  /** commit pauses a container unless it is told not to. */
  commitPause: '1.13',
  /** Save and load choose a platform. */
  archivePlatform: '1.48',
  /** Delete chooses platforms. */
  deletePlatforms: '1.50',
  /** Files are copied as archives only. */
  archive: '1.24',
  /** start takes no host config any more. */
  bareStart: '1.24',
  /** kill refuses a container that does not run. */
  killNeedsRunning: '1.20',
  /** start and stop tell when there was nothing to do. */
  notModified: '1.13',
  /** stats can look once, without a second look to compare with. */
  oneShot: '1.41',
  /** df tells of some kinds of objects only. */
  usageTypes: '1.42',
  /** Events name an actor; before, they told of containers and images only. */
  eventActors: '1.22',
  /** `application/vnd.docker.multiplexed-stream` where frames are sent. */
  multiplexedStream: '1.42',
  /** attach/ws chooses its streams. */
  websocketStreams: '1.42',
  /** The list of networks does not tell of their containers. */
  leanNetworkList: '1.28',
  /** Volumes without a name are told apart from others. */
  anonymousVolumes: '1.42',
  /** exec takes the size of its terminal. */
  consoleSize: '1.42',
  /** stop and restart choose their signal. */
  stopSignal: '1.42',
  /** A platform can be asked for where an image is pulled or built. */
  imagePlatform: '1.32',
  /** inspect and history can be asked for an image of a platform. */
  inspectPlatform: '1.49',
  historyPlatform: '1.48',
  /** A build tells of its image in a line for programs. */
  buildAux: '1.30',
  /** attach/ws sends binary messages. */
  binaryWebsocket: '1.28',
  /** Registry v1 is spoken as docker 1.6 did: progress tells of sizes alone, and not of time. */
  laterV1: '1.18',
  /** wait has conditions and sends its head at once. */
  waitCondition: '1.30',
} as const

export type Feature = keyof typeof SINCE

export const supports = (version: string, feature: Feature): boolean => !versionBelow(version, SINCE[feature])

/** An answer as it looked in the version asked for. */
export function shaped(answer: Answer, operationId: string, version: string): Answer {
  if (answer.json === undefined || answer.status >= 400) return answer
  const undone = undoneBy(operationId, version)
  return undone.length === 0
    ? answer
    : { ...answer, json: undone.reduce<unknown>((json, { before }) => before(json), answer.json) }
}

/** Whether the version asked for sees an operation's answer as it is today. */
export const isShapedAsToday = (operationId: string, version: string): boolean =>
  undoneBy(operationId, version).length === 0

const known = new Map<string, readonly VersionChange[]>()
const KNOWN_AT_MOST = 10_000

function undoneBy(operationId: string, version: string): readonly VersionChange[] {
  const key = `${operationId} ${version}`
  const before = known.get(key)
  if (before) return before
  const undone = versionChanges.filter(
    ({ since, operations }) => operations.includes(operationId) && versionBelow(version, since),
  )
  if (known.size < KNOWN_AT_MOST) known.set(key, undone)
  return undone
}
