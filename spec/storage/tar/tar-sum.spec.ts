import { expect, test } from 'vitest'
import { encode } from '../../../src/storage/tar/encode.ts'
import { DIRECTORY, SYMLINK, tarEntry } from '../../../src/storage/tar/tar-entry.ts'
import { tarSum } from '../../../src/storage/tar/tar-sum.ts'

const common = { uname: 'root', gname: 'root', mtime: 1_400_000_000_000_000_000n }
const entries = [
  tarEntry({ ...common, name: 'etc/', type: DIRECTORY, mode: 0o755 }),
  tarEntry({ ...common, name: 'etc/hello', body: new TextEncoder().encode('hello\n'), mode: 0o644 }),
  tarEntry({ ...common, name: 'etc/link', type: SYMLINK, linkname: 'hello', mode: 0o777 }),
]
const json = `{"id":"${'a'.repeat(64)}"}`

// As docker 1.6.2's own package has them.
test.each([
  ['tarsum', json, 'f5be4e8ad0cc73e036dbb8898a459b0356317f4e686ec3827eba0a46349e7ce9'],
  ['tarsum.v1', json, 'c7110b7a4933ee73a45cceedfbdab9a1d484293c5dfd59a9b48c1425bf095044'],
  ['tarsum', '', '4dde04d470c7838e623f0785f344dc9ed0bdbeb12d7f0ea04a48e806b754ac78'],
  ['tarsum.v1', '', 'a81208acac0d5d40cdb92d24010c53bf7aca7333d19c872d839641a0a47add1d'],
] as const)('%s over %j', (version, json, hex) => {
  expect(tarSum(encode(entries), json, version)).toBe(`${version}+sha256:${hex}`)
  expect(tarSum(encode(entries.toReversed()), json, version)).toBe(`${version}+sha256:${hex}`)
})

test('attributes count in v1 only, times in v0 only', () => {
  const [first, ...rest] = entries
  const later = encode([{ ...first!, mtime: 0n }, ...rest])
  const marked = encode([{ ...first!, xattrs: new Map([['user.k', new Uint8Array([1])]]) }, ...rest])
  const plain = encode(entries)
  expect([tarSum(later) === tarSum(plain), tarSum(marked) === tarSum(plain)]).toEqual([false, true])
  expect([
    tarSum(later, '', 'tarsum.v1') === tarSum(plain, '', 'tarsum.v1'),
    tarSum(marked, '', 'tarsum.v1') === tarSum(plain, '', 'tarsum.v1'),
  ]).toEqual([true, false])
})
