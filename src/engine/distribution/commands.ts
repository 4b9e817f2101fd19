import type { Tagged } from '../../core/decider.ts'
import type { Answer } from '../../http/reply.ts'
import type { Credentials } from './credentials.ts'

/** What is spoken to registries. Default `v2`. */
export type Protocol = 'v1' | 'v2'

/** As which docker v1 is spoken: that of before API 1.18, or the later one. Default `1.6`. */
export type Era = '1.3' | '1.6'

/** What the daemon talks to registries about, by operationId; `ImagePull` is `ImageCreate` with `fromImage`. */
export interface Topics {
  /** `platform`: as in `linux/arm64`; empty is the daemon's own. */
  ImagePull: {
    readonly image: string
    readonly tag: string
    readonly platform: string
    readonly credentials: Credentials
    readonly protocol?: Protocol
    readonly era?: Era
  }
  /** `tag`: empty means all. */
  ImagePush: {
    readonly name: string
    readonly tag: string
    readonly credentials: Credentials
    readonly protocol?: Protocol
    readonly era?: Era
  }
  /** `email`: for those who have no account yet. */
  SystemAuth: {
    readonly serverAddress: string
    readonly credentials: Credentials
    readonly email?: string
    readonly protocol?: Protocol
  }
  ImageSearch: {
    readonly term: string
    readonly limit: number
    readonly filters: SearchFilters
    readonly credentials: Credentials
  }
  DistributionInspect: { readonly name: string; readonly credentials: Credentials }
}

export interface SearchFilters {
  readonly official: boolean | undefined
  readonly automated: boolean | undefined
  /** At least so many. */
  readonly stars: number
}

export type Topic = Tagged<Topics>

export interface DistributionCommands extends Topics {
  /** From the shell: what a registry said; `undefined`: nobody is there. */
  TransferAnswer: { readonly key: string; readonly answer: Answer | undefined }
  /** A timer: something is due of a transfer. */
  TransferAdvance: { readonly key: string }
  /** What a conversation waited for is there. */
  TalkHear: { readonly id: string; readonly answer: Answer | undefined }
  /** From the door: nobody waits for its end any more. */
  TalkLeave: { readonly id: string }
}
