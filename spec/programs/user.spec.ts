import { describe, expect, it } from 'vitest'
import { findUser } from '../../src/programs/user.ts'

const accounts = {
  passwd: 'root:x:0:0:root:/root:/bin/sh\n# a comment\nwww:x:33:33:www:/var/www:/bin/false\nnohome:x:34:34:::\n',
  group: 'root:x:0:\nwww:x:33:\nstaff:x:50:www,other\nadm:x:4:other,www\n',
}

describe('findUser', () => {
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
  ])('%j', (user, credentials) => {
    expect(findUser(accounts, user)).toEqual(credentials)
  })

  it.each([
    ['nosuch', 'unable to find user nosuch: no matching entries in passwd file'],
    ['root:nosuch', 'unable to find group nosuch: no matching entries in group file'],
    ['nosuch:nosuch', 'unable to find user nosuch: no matching entries in passwd file'],
    ['2147483648', 'unable to find user 2147483648: uids and gids must be in range 0-2147483647'],
    ['-1', 'unable to find user -1: uids and gids must be in range 0-2147483647'],
    ['0:2147483648', 'unable to find group 2147483648: uids and gids must be in range 0-2147483647'],
  ])('refuses %j in the daemon’s words', (user, message) => {
    expect(findUser(accounts, user)).toEqual({ message })
  })

  it('adds further groups', () => {
    expect(findUser(accounts, 'www', ['4', 'root', '999'])).toMatchObject({ groups: [50, 4, 0, 999] })
    expect(findUser(accounts, 'www', ['nosuch'])).toEqual({
      message: 'unable to find group nosuch: no matching entries in group file',
    })
  })

  it('needs no files', () => {
    expect(findUser({ passwd: '', group: '' }, '')).toEqual({ uid: 0, gid: 0, groups: [], home: '/' })
  })
})
