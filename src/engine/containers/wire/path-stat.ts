import { goJson, utf8 } from '../../../http/json-lines.ts'
import type { PathStat } from '../../../storage/path-stat.ts'

const SECOND = 1_000_000_000n

/** `X-Docker-Container-Path-Stat`: JSON in base64. api/types/container: PathStat */
export function statHeader({ name, size, mode, mtime, linkTarget }: PathStat): readonly [string, string] {
  const text = goJson({ name, size, mode, mtime: time(mtime), linkTarget })
  return ['X-Docker-Container-Path-Stat', btoa(String.fromCharCode(...utf8(text)))]
}

/** RFC 3339 with all nanoseconds that there are. */
function time(at: bigint): string {
  const seconds = at / SECOND - (at % SECOND < 0n ? 1n : 0n)
  const fraction = String(at - seconds * SECOND)
    .padStart(9, '0')
    .replace(/0+$/, '')
  const text = new Date(Number(seconds) * 1000).toISOString().slice(0, 19)
  return `${text}${fraction && `.${fraction}`}Z`
}
