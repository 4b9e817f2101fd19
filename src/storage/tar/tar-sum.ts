import { sha256 } from '#sha256'
import { members } from './decode.ts'
import type { TarEntry } from './tar-entry.ts'

/** `tarsum` counts times in, `tarsum.v1` counts extended attributes in instead. */
export type TarSumVersion = 'tarsum' | 'tarsum.v1'

/**
 * The checksum that docker before 1.8 told Index and Registry v1 of: it does not depend on the order of the members.
 * `json` is the image's JSON, as it was sent.
 */
export function tarSum(tar: Uint8Array, json: string | Uint8Array = '', version: TarSumVersion = 'tarsum'): string {
  const sums = [...members(tar)].map((entry) => sha256(...headerOf(entry, version), entry.body))
  return `${version}+sha256:${sha256(json, ...sums.sort())}`
}

function headerOf(entry: TarEntry, version: TarSumVersion): (string | Uint8Array)[] {
  const seconds = entry.mtime / 1_000_000_000n
  return [
    `name${entry.name}mode${entry.mode}uid${entry.uid}gid${entry.gid}size${entry.body.length}`,
    version === 'tarsum' ? `mtime${seconds}` : '',
    `typeflag${entry.type}linkname${entry.linkname}uname${entry.uname}gname${entry.gname}`,
    `devmajor${entry.devmajor}devminor${entry.devminor}`,
    ...(version === 'tarsum' ? [] : attributes(entry)),
  ]
}

function attributes({ xattrs }: TarEntry): (string | Uint8Array)[] {
  return [...(xattrs ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)).flat()
}
