import { bunzip2 } from '../bzip2/bunzip2.ts'
import { unxz } from '../xz/unxz.ts'
import { unzstd } from '../zstd/unzstd.ts'
import { type GunzipOptions, gunzip } from './gunzip.ts'

export type Compression = 'none' | 'gzip' | 'bzip2' | 'xz' | 'zstd'

const MAGIC: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  // Zstandard may begin with frames of others.
  ...Array.from({ length: 16 }, (_, own) => ['zstd', [0x50 + own, 0x2a, 0x4d, 0x18]] as const),
]

/** How `bytes` are compressed, by their first bytes. */
export function compressionOf(bytes: Uint8Array): Compression {
  const found = MAGIC.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte))
  return found?.[0] ?? 'none'
}

const READERS: Readonly<
  Record<Exclude<Compression, 'none'>, (bytes: Uint8Array, options: GunzipOptions) => Uint8Array>
> = {
  gzip: gunzip,
  bzip2: bunzip2,
  xz: unxz,
  zstd: unzstd,
}

/** The bytes themselves, or what was compressed. */
export function decompress(bytes: Uint8Array, options: GunzipOptions = {}): Uint8Array {
  const compression = compressionOf(bytes)
  return compression === 'none' ? bytes : READERS[compression](bytes, options)
}
