import fc from 'fast-check'
import {
  BLOCK_DEVICE,
  CHARACTER_DEVICE,
  DIRECTORY,
  FIFO,
  HARD_LINK,
  REGULAR,
  SYMLINK,
  type TarEntry,
  tarEntry,
} from '../../../src/storage/tar/tar-entry.ts'

const piece = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'b', 'Z', '0', '.', '-', ' ', '=', '\n') }),
  fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom('ä', '日', '🐳', 'x') }),
  fc.integer({ min: 40, max: 200 }).map((length) => 'long'.repeat(60).slice(0, length)),
)
/** Names short and long, in ASCII and not; neither starts nor ends with a slash. */
export const name = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('/'))

/** tar-stream writes no larger owner. */
const small = fc.nat(0o777777)
const second = 1_000_000_000n
const seconds = fc.bigInt(0n, 0o77777777777n).map((n) => n * second)
/** tar-stream writes no later time. */
const plainSeconds = fc.bigInt(1n, 2n ** 31n - 1n).map((n) => n * second)

const typed = (wide: boolean) => {
  const number = wide ? fc.oneof(small, fc.nat({ max: 2 ** 31 - 1 }), fc.constant(2 ** 40)) : small
  const time = wide ? fc.oneof(seconds, fc.bigInt(-(10n ** 18n), 10n ** 19n)) : plainSeconds
  const common = {
    // tar-stream takes no mode and no time for none given.
    mode: wide ? fc.nat(0o7777) : fc.integer({ min: 1, max: 0o7777 }),
    uid: number,
    gid: number,
    mtime: time,
    uname: fc.constantFrom('', 'root', ...(wide ? ['käthe', 'u'.repeat(40)] : [])),
    gname: fc.constantFrom('', 'root'),
    ...(wide
      ? {
          atime: fc.option(time, { nil: null }),
          ctime: fc.option(time, { nil: null }),
          xattrs: fc.option(
            fc
              .dictionary(
                fc.constantFrom('user.a', 'security.capability', 'user.ö'),
                fc.uint8Array({ maxLength: 30 }),
                {
                  minKeys: 1,
                },
              )
              .map((record) => new Map(Object.entries(record))),
            { nil: null },
          ),
        }
      : {}),
  }
  const device = { devmajor: fc.nat(0o7777), devminor: fc.nat(0o7777) }
  return fc
    .oneof(
      fc.record({ type: fc.constant(REGULAR), name, body: fc.uint8Array({ maxLength: 1200, size: 'max' }), ...common }),
      fc.record({ type: fc.constant(DIRECTORY), name: name.map((each) => `${each}/`), ...common }),
      fc.record({ type: fc.constantFrom(SYMLINK, HARD_LINK), name, linkname: name, ...common }),
      fc.record({ type: fc.constantFrom(CHARACTER_DEVICE, BLOCK_DEVICE), name, ...device, ...common }),
      fc.record({ type: fc.constant(FIFO), name, ...common }),
    )
    .map((fields): TarEntry => tarEntry(fields as Partial<TarEntry> & { name: string }))
}

/** Whatever our codec can say. */
export const anyEntry = typed(true)
/** What every tar program can say. */
export const plainEntry = typed(false)
