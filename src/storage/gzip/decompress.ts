import { ArchiveError } from '../archive-error.ts'
import { bunzip2 } from '../bzip2/bunzip2.ts'
import { unxz } from '../xz/unxz.ts'
import { type GunzipOptions, gunzip } from './gunzip.ts'

export type Compression = 'none' | 'gzip' | 'bzip2' | 'xz' | 'zstd'

const MAGIC: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
]

/** How `bytes` are compressed, by their first bytes. */
export function compressionOf(bytes: Uint8Array): Compression {
  const found = MAGIC.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte))
  return found?.[0] ?? 'none'
}

/** The bytes themselves, or what gzip, bzip2 or xz made of them; other compressions are refused by name. */
export function decompress(bytes: Uint8Array, options: GunzipOptions = {}): Uint8Array {
  const compression = compressionOf(bytes)
  if (compression === 'none') return bytes
  if (compression === 'gzip') return gunzip(bytes, options)
  if (compression === 'bzip2') return bunzip2(bytes, options)
  if (compression === 'xz') return unxz(bytes, options)
  throw new ArchiveError(`archives compressed with ${compression} are not supported`)
}
