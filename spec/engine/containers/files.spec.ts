import { describe, expect, test } from 'vitest'
import { root } from '../../../src/storage/caller.ts'
import { FileSystem } from '../../../src/storage/file-system.ts'
import { gzip } from '../../../src/storage/gzip/gzip.ts'
import { exportTar } from '../../../src/storage/pack.ts'
import { decode } from '../../../src/storage/tar/decode.ts'
import { encode } from '../../../src/storage/tar/encode.ts'
import { asking } from '../asking.ts'

const WHEN = 1_700_000_000n * 1_000_000_000n

/** `dir/a.txt` with `hello`, and `dir/ln` that leads to it. */
function sample(): Uint8Array {
  const files = new FileSystem()
  files.mkdir(root(WHEN), '/dir', 0o755)
  files.writeFile(root(WHEN), '/dir/a.txt', 'hello', 0o644)
  files.symlink(root(WHEN), 'a.txt', '/dir/ln')
  return exportTar(files.snapshot())
}

const stat = (headers: Headers) => JSON.parse(atob(headers.get('X-Docker-Container-Path-Stat') ?? ''))
const names = (bytes: Uint8Array) => decode(bytes).map(({ name }) => name)

async function withFiles(body: Readonly<Record<string, unknown>> = {}) {
  const asked = asking()
  await asked.run('box', body)
  const put = await asked.ask('PUT', '/containers/box/archive?path=/tmp', sample())
  return { ...asked, put }
}

describe('archive', () => {
  test('what was put can be looked at and fetched', async () => {
    const { ask, put } = await withFiles()
    expect(put.status).toBe(200)
    expect(stat((await ask('HEAD', '/containers/box/archive?path=/tmp/dir/a.txt')).headers)).toEqual({
      name: 'a.txt',
      size: 5,
      mode: 0o644,
      mtime: '2023-11-14T22:13:20Z',
      linkTarget: '',
    })
    expect(stat((await ask('HEAD', '/containers/box/archive?path=/tmp/dir/ln')).headers)).toMatchObject({
      mode: 2 ** 27 + 0o777,
      linkTarget: '/tmp/dir/a.txt',
    })
    expect(names((await ask('GET', '/containers/box/archive?path=/tmp/dir')).bytes)).toEqual([
      'dir/',
      'dir/a.txt',
      'dir/ln',
    ])
    expect(names((await ask('GET', '/containers/box/archive?path=/tmp/dir/.')).bytes)).toContain('./a.txt')
  })

  test('a running program sees what was put, and what it writes is fetched', async () => {
    const { ask, tank } = await withFiles()
    const { json } = await ask('POST', '/containers/box/exec', {
      Cmd: ['sh', '-c', 'cat /tmp/dir/ln; echo new > /tmp/new'],
      AttachStdout: true,
    })
    const { text } = await ask('POST', `/exec/${json.Id}/start`, { Tty: true })
    expect(text).toBe('hello')
    tank.clock.advance(1000)
    const { bytes } = await ask('GET', '/containers/box/archive?path=/tmp/new')
    expect(new TextDecoder().decode(decode(bytes)[0]!.body)).toBe('new\n')
  })

  test('compressed archives, and those of nothing', async () => {
    const { ask } = await withFiles()
    expect((await ask('PUT', '/containers/box/archive?path=/', gzip(sample()))).status).toBe(200)
    expect((await ask('HEAD', '/containers/box/archive?path=/dir/ln')).status).toBe(200)
    expect((await ask('PUT', '/containers/box/archive?path=/tmp', encode([]))).status).toBe(200)
  })

  test.each([
    ['GET', '/nope', '404 Could not find the file /nope in container box'],
    ['GET', '', '400 bad parameter: pathcannot be empty'],
    ['GET', '/tmp/dir/a.txt/', '500 lstat /tmp/dir/a.txt/: not a directory'],
    ['PUT', '/etc/passwd', '400 extraction point is not a directory'],
    ['PUT', '/nope', '404 Could not find the file /nope in container box'],
  ])('%s %s', async (method, path, refusal) => {
    const { ask } = await withFiles()
    const answer = await ask(method, `/containers/box/archive?path=${path}`, method === 'PUT' ? sample() : undefined)
    expect(answer.refusal).toBe(refusal)
  })

  test('garbage is no archive', async () => {
    const { ask } = await withFiles()
    const garbage = new TextEncoder().encode('garbage'.repeat(100))
    expect((await ask('PUT', '/containers/box/archive?path=/tmp', garbage)).refusal).toBe(
      '500 archive/tar: invalid tar header',
    )
  })

  test('a read-only root keeps out what is not for a volume', async () => {
    const { ask, put } = await withFiles({
      HostConfig: { ReadonlyRootfs: true, Binds: ['data:/data', 'fixed:/fixed:ro'] },
    })
    expect(put.refusal).toBe('400 container rootfs is marked read-only')
    expect((await ask('PUT', '/containers/box/archive?path=/fixed', sample())).refusal).toBe(
      '400 mounted volume is marked read-only',
    )
    expect((await ask('PUT', '/containers/box/archive?path=/data', sample())).status).toBe(200)
    expect(names((await ask('GET', '/containers/box/archive?path=/data/dir')).bytes)).toHaveLength(3)
  })

  test('a member that leads out is refused, and nothing of it stays', async () => {
    const { ask } = await withFiles()
    const [entry] = decode(sample()).filter(({ name }) => name === 'dir/a.txt')
    const evil = encode([{ ...entry!, name: '../../etc/evil' }])
    expect((await ask('PUT', '/containers/box/archive?path=/tmp', evil)).status).toBe(500)
    expect((await ask('HEAD', '/containers/box/archive?path=/etc/evil')).status).toBe(404)
  })
})

test('copy of old clients gives an archive, and is gone since 1.24', async () => {
  const { ask } = await withFiles()
  const copied = await ask('POST', '/v1.15/containers/box/copy', { Resource: 'tmp/dir' })
  expect([copied.status, copied.headers.get('Content-Type')]).toEqual([200, 'application/x-tar'])
  expect(names(copied.bytes)).toContain('dir/a.txt')
  const missing = await ask('POST', '/v1.15/containers/box/copy', { Resource: '/x' })
  expect([missing.status, missing.text]).toEqual([500, 'Could not find the file /x in container box\n'])
  expect((await ask('POST', '/v1.24/containers/box/copy', { Resource: '/tmp' })).refusal).toBe('404 page not found')
})

test('changes are null, or what was added, modified and deleted', async () => {
  const { ask } = await withFiles()
  expect((await ask('GET', '/containers/box/changes')).json).toEqual([
    { Path: '/tmp', Kind: 0 },
    { Path: '/tmp/dir', Kind: 1 },
    { Path: '/tmp/dir/a.txt', Kind: 1 },
    { Path: '/tmp/dir/ln', Kind: 1 },
  ])
  await ask('POST', '/containers/create?name=other', { Image: 'busybox:1.36', Cmd: ['true'] })
  expect((await ask('GET', '/containers/other/changes')).text).toBe('null\n')
})

test('export is the root file system', async () => {
  const { ask } = await withFiles()
  const { bytes, headers } = await ask('GET', '/containers/box/export')
  expect(headers.get('Content-Type')).toBe('application/octet-stream')
  expect(names(bytes)).toEqual(expect.arrayContaining(['.dockerenv', 'bin/', 'tmp/dir/a.txt']))
})
