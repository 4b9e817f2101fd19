import { execFileSync, spawnSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf } from '../../../src/storage/digest.ts'
import { decode } from '../../../src/storage/tar/decode.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { DIRECTORY, HARD_LINK, SYMLINK, tarEntry } from '../../../src/storage/tar/tar-entry.ts'

const hasGnuTar = `${spawnSync('tar', ['--version']).stdout}`.includes('GNU tar')
if (!hasGnuTar) console.log('gnu-tar.spec: there is no GNU tar here, so nothing to compare with')

const MTIME = 1_700_000_000
const LONG = `${'directory-'.repeat(15)}/${'file-'.repeat(30)}`

describe.runIf(hasGnuTar)('against GNU tar', () => {
  let dir = ''
  const tar = (...args: string[]) =>
    new Uint8Array(execFileSync('tar', ['-C', dir, '-cf', '-', ...args], { maxBuffer: 2 ** 26 }))

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'wavetank-tar-'))
    mkdirSync(join(dir, 'etc'), { mode: 0o755 })
    writeFileSync(join(dir, 'etc/hosts'), 'localhost\n', { mode: 0o644 })
    writeFileSync(join(dir, 'big'), Buffer.alloc(70_000, 'wave'), { mode: 0o755 })
    symlinkSync('etc/hosts', join(dir, 'link'))
    linkSync(join(dir, 'big'), join(dir, 'twin'))
    mkdirSync(join(dir, LONG, '..'), { recursive: true })
    writeFileSync(join(dir, LONG), 'long')
    symlinkSync(LONG, join(dir, 'longlink'))
    writeFileSync(join(dir, 'holes'), 'start')
    truncateSync(join(dir, 'holes'), 3_000_000)
    writeFileSync(join(dir, 'holes'), 'middle', { flag: 'r+' })
    utimesSync(join(dir, 'etc/hosts'), MTIME, MTIME + 0.123456)
    writeFileSync(join(dir, 'ünïcode'), 'u')
  })
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  test('the same members have the same digest', () => {
    const mtime = BigInt(MTIME) * 1_000_000_000n
    const body = new TextEncoder().encode('wave'.repeat(17_500))
    const archive = encode([
      tarEntry({ name: 'big', body, mode: 0o755, mtime }),
      tarEntry({ name: 'etc/', type: DIRECTORY, mode: 0o755, mtime }),
      tarEntry({ name: 'etc/hosts', body: new TextEncoder().encode('localhost\n'), mode: 0o644, mtime }),
      tarEntry({ name: 'link', type: SYMLINK, linkname: 'etc/hosts', mode: 0o777, mtime }),
      tarEntry({ name: 'twin', type: HARD_LINK, linkname: 'big', mode: 0o755, mtime }),
    ])
    const theirs = tar(
      '--format=ustar',
      '--blocking-factor=1',
      '--numeric-owner',
      '--owner=0',
      '--group=0',
      `--mtime=@${MTIME}`,
      '--sort=name',
      'big',
      'etc',
      'link',
      'twin',
    )
    const digest = execFileSync('sha256sum', { input: theirs }).toString().slice(0, 64)
    expect(digestOf(archive)).toBe(`sha256:${digest}`)
  })

  test.each(['v7', 'oldgnu', 'gnu', 'ustar', 'posix'])('%s archives read as they were', (format) => {
    const names = ['big', 'etc', 'link', 'twin', ...(format === 'gnu' || format === 'posix' ? [LONG, 'longlink'] : [])]
    const found = decode(tar(`--format=${format}`, '--owner=0', '--group=0', '--sort=name', ...names))
    expect(found.map(({ name, type, linkname, body }) => [name, type, linkname, body.length])).toEqual(
      [
        ['big', '0', '', 70_000],
        ['etc/', '5', '', 0],
        ['etc/hosts', '0', '', 10],
        ['link', '2', 'etc/hosts', 0],
        ['twin', '1', 'big', 0],
        [LONG, '0', '', 4],
        ['longlink', '2', LONG, 0],
      ].slice(0, names.length + 1),
    )
    const { mtime } = found.find(({ name }) => name === 'etc/hosts')!
    const micros = format === 'posix' ? 123_456_000n : 0n
    expect(mtime / 1000n).toBe((BigInt(MTIME) * 1_000_000_000n + micros) / 1000n)
  })

  test.each([
    ['gnu', []],
    ['posix', ['--sparse-version=0.0']],
    ['posix', ['--sparse-version=0.1']],
    ['posix', ['--sparse-version=1.0']],
  ])('sparse files of %s %s are whole again', (format, options) => {
    const [entry] = decode(tar(`--format=${format}`, '--sparse', ...options, 'holes'))
    expect([entry!.name, entry!.type, entry!.body.length]).toEqual(['holes', '0', 3_000_000])
    const text = new TextDecoder().decode(entry!.body)
    expect(text.slice(0, 6)).toBe('middle')
    expect(text.slice(6)).toBe('\0'.repeat(3_000_000 - 6))
  })

  test('it lists what we write', () => {
    const archive = encode([
      tarEntry({ name: `${LONG}/ö`, body: new Uint8Array(3), uid: 2 ** 30, mtime: 1_500_000_000n }),
      tarEntry({ name: 'l', type: SYMLINK, linkname: LONG }),
    ])
    const listed = execFileSync('tar', ['-tf', '-', '--quoting-style=literal'], { input: archive }).toString()
    expect(listed).toBe(`${LONG}/ö\nl\n`)
    const full = execFileSync('tar', ['-tvf', '-', '--numeric-owner'], { input: archive }).toString()
    expect(full).toContain(`${2 ** 30}/0`)
  })
})
