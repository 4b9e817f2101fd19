import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import {
  bufferedAt,
  downloadedAt,
  encodeV1,
  lineV1,
  progressV1,
  pushedAt,
  timingFrom,
} from '../../../src/engine/distribution/progress-v1.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { tarEntry } from '../../../src/storage/tar/tar-entry.ts'

const BEGAN = 1_795_503_734 * SECOND
const later = (seconds: number) => timingFrom(BEGAN + 999_999, BEGAN + seconds * SECOND)
const left = (current: number, total: number, seconds: number) =>
  progressV1('Pushing', 'a', current, total, later(seconds)).progress!.split('] ')[1]

describe('the time that is left', () => {
  // Of the recorded streams: 0.78 s after the whole second in which it began.
  it.each([
    [43_520, 2_124_800, 0.78, '43.52 kB/2.125 MB 37s'],
    [76_288, 2_124_800, 0.78, '76.29 kB/2.125 MB 20s'],
    [16_135, 1_071_461, 0.22, '16.14 kB/1.071 MB 14s'],
    [1_000, 1_000_000, 1, '    1 kB/1 MB 16m39s'],
    [1_000, 1_000_000, 0, '    1 kB/1 MB 0s'],
    [999_000, 1_000_000, 10, '  999 kB/1 MB 0s'],
    [1_000_000, 1_000_000, 10, '    1 MB/1 MB'],
  ])('%d of %d after %d s', (current, total, seconds, shown) => {
    expect(left(current, total, seconds)).toBe(shown)
  })

  it('is told with the second in which it began, by those who tell of it', () => {
    expect(progressV1('Pushing', 'a', 1, 2, later(0)).progressDetail).toEqual({
      current: 1,
      total: 2,
      start: 1_795_503_734,
    })
    expect(progressV1('Pushing', 'a', 1, 2)).toMatchObject({ progressDetail: { current: 1, total: 2 } })
    expect(progressV1('Buffering to disk', 'a', 0, 0, later(0))).toEqual({
      status: 'Buffering to disk',
      progressDetail: { start: 1_795_503_734 },
      id: 'a',
    })
  })
})

describe('how often progress is told', () => {
  it('is at each hundredth, of what comes in records', () => {
    expect(downloadedAt(10)).toEqual([10])
    expect(downloadedAt(40_000)).toEqual([16_135, 32_519, 40_000])
    expect(downloadedAt(5_000_000).slice(0, 2)).toEqual([16_135 + 3 * 16_384, 16_135 + 7 * 16_384])
    expect(downloadedAt(5_000_000).at(-1)).toBe(5_000_000)
  })

  it('is at half a MiB where the size is not known, or large', () => {
    expect(bufferedAt(100)).toEqual([100])
    expect(bufferedAt(1_114_112 + 1)).toEqual([557_056, 1_114_112, 1_114_113])
    const large = downloadedAt(200_000_000)
    expect(large[1]! - large[0]!).toBe(33 * 16_384)
  })

  it('goes by the members of a tar, and once more at its end', () => {
    const small = encode([tarEntry({ name: 'a', body: new Uint8Array(700) })])
    expect(pushedAt(small)).toEqual([512, 1212, 1536, 2048, 2560, 2560])
  })
})

it('lines about an image have no end', () => {
  const text = (line: unknown) => new TextDecoder().decode(encodeV1(line))
  expect(text(lineV1('Pulling metadata', 'abc'))).toBe('{"status":"Pulling metadata","progressDetail":{},"id":"abc"}')
  expect(text({ status: 'Sending image list' })).toBe('{"status":"Sending image list"}\r\n')
})
