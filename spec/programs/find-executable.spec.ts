import { describe, expect, it } from 'vitest'
import { findExecutable } from '../../src/programs/find-executable.ts'
import { root } from '../../src/storage/caller.ts'
import { Namespace } from '../../src/storage/mount-namespace.ts'
import { rootOf } from './programs.ts'

const fs = rootOf()
fs.mkdirp(root(0n), '/private', 0o700)
fs.writeFile(root(0n), '/private/x', '#!/bin/sh\n', 0o755)
fs.mkdirp(root(0n), '/work')
fs.writeFile(root(0n), '/work/run', '#!/bin/sh\n', 0o755)
fs.symlink(root(0n), '/work/run', '/bin/link')
fs.symlink(root(0n), '/nowhere', '/bin/broken')
const namespace = new Namespace(new Map([['root', fs]]), 'root')

const find = (argv0: string, { path, cwd = '/', uid = 0 }: { path?: string; cwd?: string; uid?: number } = {}) =>
  findExecutable(namespace, {
    argv0,
    cwd,
    caller: { uid, gid: uid, umask: 0o022, now: 0n },
    ...(path === undefined ? {} : { path }),
  })

describe('findExecutable', () => {
  it('searches PATH', () => {
    expect(find('echo', { path: '/nope:/bin' })).toEqual({ path: '/bin/echo' })
    expect(find('link', { path: '/bin/' })).toEqual({ path: '/bin/link' })
    expect(find('run', { path: '', cwd: '/work' })).toEqual({ path: './run' })
    expect(find('echo')).toEqual({ path: '/bin/echo' })
  })

  it('takes a path as it is', () => {
    expect(find('/bin/echo')).toEqual({ path: '/bin/echo' })
    expect(find('./run', { cwd: '/work' })).toEqual({ path: './run' })
  })

  it.each([
    ['nosuch', 127, 'exec: "nosuch": executable file not found in $PATH'],
    ['broken', 127, 'exec: "broken": executable file not found in $PATH'],
    ['', 127, 'exec: "": executable file not found in $PATH'],
    ['/nope/x', 127, 'exec: "/nope/x": stat /nope/x: no such file or directory'],
    ['/etc/passwd', 126, 'exec: "/etc/passwd": permission denied'],
    ['/etc', 126, 'exec: "/etc": is a directory: permission denied'],
    ['/etc/passwd/x', 127, 'exec: "/etc/passwd/x": stat /etc/passwd/x: not a directory'],
    ['./nope', 127, 'exec: "./nope": stat ./nope: no such file or directory'],
  ])('refuses %j with %i in the words of runc', (argv0, exitCode, message) => {
    expect(find(argv0)).toEqual({ exitCode, message })
  })

  it('minds who asks', () => {
    expect(find('/private/x', { uid: 33 })).toEqual({ exitCode: 126, message: 'exec: "/private/x": permission denied' })
    expect(find('/private/x')).toEqual({ path: '/private/x' })
    expect(find('x', { path: '/private', uid: 33 })).toMatchObject({ exitCode: 127 })
  })
})
