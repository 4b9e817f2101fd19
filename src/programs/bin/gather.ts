import { joinBytes } from '../../storage/join-bytes.ts'
import { NO_BYTES } from '../kernel/bytes.ts'
import type { Program } from '../kernel/program.ts'
import type { Call } from './call.ts'
import { type Filter, type FilterFrame, filter } from './filter.ts'

export interface Gathered {
  /** Input by input, in the order of `inputs`. */
  contents: Uint8Array[]
  chunks: Uint8Array[]
}

/** A program that looks at its inputs as a whole: for those that compare or need to go back. */
export interface Gather
  extends Pick<
    Filter<Gathered>,
    | 'name'
    | 'short'
    | 'long'
    | 'mixed'
    | 'number'
    | 'usage'
    | 'usageCode'
    | 'errorCode'
    | 'start'
    | 'inputs'
    | 'cannotOpen'
  > {
  /** All was read. A number is the exit code. */
  done(call: Call<Gathered>, contents: readonly Uint8Array[]): number | undefined | void
}

export function gather(rules: Gather): Program<FilterFrame<Gathered>> {
  return filter<Gathered>({
    ...rules,
    keeps: true,
    data: () => ({ contents: [], chunks: [] }),
    open: (call) => {
      call.data.chunks = []
    },
    chunk: (call, bytes) => void call.data.chunks.push(bytes.slice()),
    close(call) {
      const { chunks, contents } = call.data
      contents.push(chunks.length > 0 ? joinBytes(chunks) : NO_BYTES)
      call.data.chunks = []
    },
    end: (call) => rules.done(call, call.data.contents),
  })
}
