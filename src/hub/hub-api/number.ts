import { sha256 } from '#sha256'
import { uuidOf } from '../access-tokens/uuid.ts'

/** The number by which the Hub knows a thing: always the same for the same thing of the same world. */
export const numberFor = (secret: string, kind: string, name: string): number =>
  Number.parseInt(sha256(`${secret}\n${kind}\n${name}`).slice(0, 7), 16)

export const uuidFor = (secret: string, kind: string, name: string): string =>
  uuidOf(sha256(`${secret}\n${kind}\n${name}`))

/** A UUID without its hyphens, as the Hub shows those of users. */
export const trimmed = (uuid: string): string => uuid.replace(/-/g, '')
