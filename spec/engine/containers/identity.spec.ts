import { describe, expect, it } from 'vitest'
import { identity } from '../../../src/engine/containers/identity.ts'
import { root } from '../../../src/storage/caller.ts'
import { FileSystem } from '../../../src/storage/file-system.ts'
import { Namespace } from '../../../src/storage/mount-namespace.ts'

function container(files: Readonly<Record<string, string>>): Namespace {
  const fs = new FileSystem()
  const caller = root(0n, 0)
  fs.mkdirp(caller, '/etc', 0o755)
  for (const [path, content] of Object.entries(files)) fs.writeFile(caller, path, content, 0o644)
  return new Namespace(new Map([['root', fs]]), 'root')
}

const accounts = container({
  '/etc/passwd':
    'root:x:0:0:root:/root:/bin/sh\n# a comment\nwww:x:33:33:www:/var/www:/bin/false\nnohome:x:34:34:::\n7:x:35:35::/n:\n',
  '/etc/group': 'root:x:0:\nwww:x:33:\nstaff:x:50:www,other\nadm:x:4:other,www\n9:x:36:\n',
})

describe('who a process runs as', () => {
  it.each([
    ['', { uid: 0, gid: 0, groups: [], home: '/root' }],
    ['root', { uid: 0, gid: 0, groups: [], home: '/root' }],
    ['www', { uid: 33, gid: 33, groups: [50, 4], home: '/var/www' }],
    ['33', { uid: 33, gid: 33, groups: [50, 4], home: '/var/www' }],
    ['www:staff', { uid: 33, gid: 50, groups: [], home: '/var/www' }],
    ['www:0', { uid: 33, gid: 0, groups: [], home: '/var/www' }],
    ['1000', { uid: 1000, gid: 0, groups: [], home: '/' }],
    ['1000:1000', { uid: 1000, gid: 1000, groups: [], home: '/' }],
    [':staff', { uid: 0, gid: 50, groups: [], home: '/root' }],
    ['nohome', { uid: 34, gid: 34, groups: [], home: '/' }],
    // A number is no name, even where somebody is called so.
    ['+7:9', { uid: 7, gid: 9, groups: [], home: '/' }],
  ])('%j', (user, expected) => {
    expect(identity(accounts, user, [])).toEqual(expected)
  })

  it.each([
    ['nosuch', 'unable to find user nosuch: no matching entries in passwd file'],
    ['root:nosuch', 'unable to find group nosuch: no matching entries in group file'],
    ['nosuch:nosuch', 'unable to find user nosuch: no matching entries in passwd file'],
    ['2147483648', 'uids and gids must be in range 0-2147483647'],
    ['-1', 'uids and gids must be in range 0-2147483647'],
    ['0:2147483648', 'uids and gids must be in range 0-2147483647'],
  ])('refuses %j in the daemon’s words', (user, refusal) => {
    expect(identity(accounts, user, [])).toEqual({ refusal })
  })

  it('adds further groups', () => {
    expect(identity(accounts, 'www', ['4', 'root', '999', '9'])).toMatchObject({ groups: [50, 4, 0, 999, 36] })
  })

  it.each([
    ['nosuch', 'Unable to find group nosuch: no matching entries in group file'],
    ['2147483648', 'uids and gids must be in range 0-2147483647'],
    ['-1', 'uids and gids must be in range 0-2147483647'],
  ])('refuses the further group %j', (group, refusal) => {
    expect(identity(accounts, 'www', [group])).toEqual({ refusal })
  })

  it('needs no files', () => {
    expect(identity(container({}), '', [])).toEqual({ uid: 0, gid: 0, groups: [], home: '/' })
  })
})
