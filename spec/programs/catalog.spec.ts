import { describe, expect, it } from 'vitest'
import { Catalog } from '../../src/programs/catalog.ts'
import { idle } from '../../src/programs/idle.ts'
import { utf8 } from '../../src/programs/kernel/bytes.ts'
import { marker } from '../../src/programs/marker.ts'
import { root } from '../../src/storage/caller.ts'
import { boot, cat, echo, NOW, PROGRAMS, rootOf, take, wait } from './programs.ts'

const catalog = new Catalog(PROGRAMS, [['/usr/bin/api', wait]])
const find = (path: string, head: string | Uint8Array, { argv = [path], real = path } = {}) =>
  catalog.find({ path, real, argv, head: typeof head === 'string' ? utf8(head) : head })
const ELF = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1)

describe('the catalog', () => {
  it.each([
    ['a marker names a program', find('/bin/x', marker('cat')), { kind: 'program', program: cat }],
    ['a marker that names none', find('/bin/x', marker('nope')), { kind: 'program', program: idle }],
    ['busybox by its link', find('/bin/cat', marker('busybox')), { kind: 'program', program: cat }],
    [
      'busybox of a login shell',
      find('/bin/sh', marker('busybox'), { argv: ['-echo'] }),
      { kind: 'program', program: echo },
    ],
    [
      'busybox by its first argument',
      find('/bin/busybox', marker('busybox'), { argv: ['busybox', 'echo', 'a'] }),
      { kind: 'program', program: echo, argv: ['echo', 'a'] },
    ],
    ['a user’s program wins', find('/usr/bin/api', ELF), { kind: 'program', program: wait }],
    ['… behind a link as well', find('/bin/a', ELF, { real: '/usr/bin/api' }), { kind: 'program', program: wait }],
    ['a binary by its name', find('/opt/cat', ELF), { kind: 'program', program: cat }],
    [
      'a binary by the name behind its link',
      find('/opt/k', ELF, { real: '/opt/cat' }),
      { kind: 'program', program: cat },
    ],
    ['a binary nobody knows', find('/opt/app', ELF), { kind: 'program', program: idle }],
    ['a script', find('/a', '#!/bin/sh\necho'), { kind: 'script', interpreter: '/bin/sh', args: [] }],
    [
      'a script with arguments',
      find('/a', '#! /usr/bin/env  -S  a b \n'),
      { kind: 'script', interpreter: '/usr/bin/env', args: ['-S a b'] },
    ],
    ['a text', find('/a', 'echo hi\n'), { kind: 'unknown' }],
    ['nothing', find('/a', ''), { kind: 'unknown' }],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual(expected)
  })

  it('can be added to', () => {
    const more = catalog.with([{ ...echo, name: 'cat' }], [['/usr/bin/other', cat]])
    expect(more.get('cat')?.name).toBe('cat')
    expect(more.get('cat')).not.toBe(cat)
    expect(more.byPath.size).toBe(2)
    expect(catalog.byPath.size).toBe(1)
  })
})

describe('running what is found', () => {
  const prepared = (files: Record<string, string | Uint8Array>) => {
    const fs = rootOf()
    for (const [path, content] of Object.entries(files)) fs.writeFile(root(0n), path, content, 0o755)
    return fs
  }

  it('a script gets its interpreter, and the interpreter the script', () => {
    const fs = prepared({ '/run': '#!/bin/echo -x y\n' })
    expect(take(boot(['/run', 'a'], { fs }))).toEqual(['1:-x y /run a\n', 'exit main 0'])
  })

  it('interpreters do not go round for ever', () => {
    const fs = prepared({ '/a': '#!/b\n', '/b': '#!/a\n' })
    expect(take(boot(['/a'], { fs }))).toEqual(['exit main 127'])
  })

  it('neither binary nor script', () => {
    const fs = prepared({ '/a': 'echo\n' })
    expect(take(boot(['/a'], { fs }))).toEqual(['2:exec /a: exec format error\n', 'exit main 255'])
  })

  it('a binary that nobody knows says so once and stays up', () => {
    const machine = boot(['/app'], { fs: prepared({ '/app': ELF }) })
    expect(take(machine)).toEqual([
      'notice /app is not in the catalog of programs: it runs idle until a signal ends it',
    ])
    machine.signal('main', 15)
    machine.run(NOW)
    expect(take(machine)).toEqual(['exit main 143'])
  })

  it('busybox tells what it does not know', () => {
    const fs = prepared({ '/bin/busybox': marker('busybox') })
    expect(take(boot(['busybox', 'nope'], { fs }))).toEqual(['2:nope: applet not found\n', 'exit main 127'])
  })
})
