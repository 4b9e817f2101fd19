import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { Catalog } from '../../../src/programs/catalog.ts'
import { deviceFiles } from '../../../src/programs/device-files.ts'
import { text, utf8 } from '../../../src/programs/kernel/bytes.ts'
import { errorText } from '../../../src/programs/kernel/errno.ts'
import type { Kernel } from '../../../src/programs/kernel/kernel.ts'
import type { Mode } from '../../../src/programs/kernel/open-file.ts'
import type { Process } from '../../../src/programs/kernel/process.ts'
import { exit, type Program, RUN } from '../../../src/programs/kernel/program.ts'
import { Machine } from '../../../src/programs/machine.ts'
import { root } from '../../../src/storage/caller.ts'
import { S_IFIFO } from '../../../src/storage/inode.ts'
import { Namespace } from '../../../src/storage/mount-namespace.ts'
import { boot, cat, exitsOf, NOW, outputOf, PROGRAMS, rootOf, runUntil, spawn, take } from '../programs.ts'

/** A process to try calls with. */
function bench(fs = rootOf(), uid = 0): { kernel: Kernel; process: Process } {
  const { kernel } = boot(['wait'], { fs, uid, gid: uid })
  return { kernel, process: kernel.processes.get(1)! }
}

function readAll(kernel: Kernel, process: Process, path: string): string {
  const fd = kernel.addfd(process, kernel.open(process, path, 'r'), 3)
  let all = ''
  for (let part = kernel.read(process, fd); part && part.length > 0; part = kernel.read(process, fd)) all += text(part)
  kernel.close(process, fd)
  return all
}

function refusal(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return errorText(error)
  }
}

describe('pipes', () => {
  it('hold 64 KiB, then make the writer wait; the reader gets every byte once, in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 1, max: 40_000 }), fc.integer({ min: -40_000, max: -1 })), {
          maxLength: 40,
        }),
        (moves) => {
          const { kernel, process } = bench()
          const [reading, writing] = kernel.pipe()
          const [r, w] = [kernel.addfd(process, reading, 3), kernel.addfd(process, writing, 3)]
          let [written, seen] = [0, 0]
          for (const move of moves) {
            if (move > 0) {
              const taken = kernel.write(
                process,
                w,
                Uint8Array.from({ length: move }, (_, at) => (written + at) % 251),
              )
              expect(taken).toBe(Math.min(move, 65_536 - (written - seen)))
              written += taken
            } else {
              const bytes = kernel.read(process, r, -move)
              if (written === seen) expect(bytes).toBeNull()
              else {
                expect(bytes!.every((byte, at) => byte === (seen + at) % 251)).toBe(true)
                seen += bytes!.length
              }
            }
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it('end when the last writer is gone, and break when the last reader is', () => {
    const { kernel, process } = bench()
    const [reading, writing] = kernel.pipe()
    const [r, w] = [kernel.addfd(process, reading, 3), kernel.addfd(process, writing, 3)]
    const second = kernel.addfd(process, process.fds[w]!, 3)
    kernel.write(process, w, utf8('x'))
    kernel.close(process, w)
    expect(text(kernel.read(process, r)!)).toBe('x')
    expect(kernel.read(process, r)).toBeNull()
    kernel.close(process, second)
    expect(kernel.read(process, r)).toHaveLength(0)
    const [reading2, writing2] = kernel.pipe()
    const w2 = kernel.addfd(process, writing2, 3)
    kernel.close(process, kernel.addfd(process, reading2, 3))
    expect(kernel.write(process, w2, utf8('x'))).toBe(-1)
  })

  it('end a writer with SIGPIPE', () => {
    const yes: Program<null> = {
      name: 'yes',
      init: () => null,
      step: (kernel, process) => (kernel.write(process, 1, utf8('y\n')) === 0 ? { type: 'write', fd: 1 } : RUN),
    }
    const head: Program<null> = {
      name: 'head',
      init: () => null,
      step(kernel, process) {
        const bytes = kernel.read(process, 0, 2)
        if (bytes === null) return { type: 'read', fd: 0 }
        kernel.write(process, 1, bytes)
        return exit(0)
      },
    }
    const parent: Program<{ started: boolean }> = {
      name: 'pipeline',
      init: () => ({ started: false }),
      step(kernel, process, frame) {
        if (!frame.started) {
          frame.started = true
          const [r, w] = kernel.pipe()
          kernel.spawn(yes, ['yes'], process, { fds: [process.fds[0], w, process.fds[2]] })
          kernel.spawn(head, ['head'], process, { fds: [r, process.fds[1], process.fds[2]] })
        }
        for (let ended = kernel.reap(process); ended; ended = kernel.reap(process))
          kernel.puts(process, 1, `${ended.pid}:${ended.status} `)
        return process.children.size > 0 ? { type: 'child', pid: -1 } : exit(0)
      },
    }
    const outs = boot(['pipeline'], { programs: [parent] }).takeOutbox()
    expect(outputOf(outs)).toBe('y\n3:0 2:141 ')
    expect(exitsOf(outs)).toEqual({ main: 0 })
  })

  it('with a name wait for both ends', () => {
    const fs = rootOf()
    fs.mknod(root(0n), '/tmp/fifo', S_IFIFO | 0o666)
    const { kernel, process } = bench(fs)
    const r = kernel.addfd(process, kernel.open(process, '/tmp/fifo', 'r'), 3)
    expect(kernel.read(process, r)).toBeNull()
    const w = kernel.addfd(process, kernel.open(process, '/tmp/fifo', 'w'), 3)
    expect(kernel.write(process, w, utf8('through'))).toBe(7)
    expect(text(kernel.read(process, r)!)).toBe('through')
    kernel.close(process, w)
    expect(kernel.read(process, r)).toHaveLength(0)
  })
})

describe('files', () => {
  it('are truncated by w, kept by rw, and appended to by a, whoever else writes', () => {
    const { kernel, process } = bench()
    const put = (mode: Mode, words: string) => {
      const fd = kernel.addfd(process, kernel.open(process, '/tmp/f', mode), 3)
      kernel.write(process, fd, utf8(words))
      return fd
    }
    const first = put('w', 'one')
    const log = put('a', '+')
    kernel.write(process, first, utf8('two'))
    kernel.write(process, log, utf8('!'))
    expect(readAll(kernel, process, '/tmp/f')).toBe('onetwo!')
    put('rw', 'ONE')
    expect(readAll(kernel, process, '/tmp/f')).toBe('ONEtwo!')
    put('w', '')
    expect(readAll(kernel, process, '/tmp/f')).toBe('')
  })

  it('share their position through dup, and live on without a name', () => {
    const { kernel, process } = bench()
    const fd = kernel.addfd(process, kernel.open(process, '/tmp/f', 'rw'), 3)
    const dup = kernel.addfd(process, process.fds[fd]!, 3)
    kernel.write(process, fd, utf8('a'))
    kernel.namespace.unlink(kernel.caller(process), '/tmp/f')
    kernel.write(process, dup, utf8('b'))
    expect(kernel.fstat(process, fd)).toMatchObject({ size: 2, nlink: 0 })
  })

  it('are not overwritten under a reader', () => {
    const { kernel, process } = bench()
    const fd = kernel.addfd(process, kernel.open(process, '/tmp/f', 'w'), 3)
    kernel.write(process, fd, utf8('aaaa'))
    const reader = kernel.addfd(process, kernel.open(process, '/tmp/f', 'r'), 3)
    const bytes = kernel.read(process, reader)!
    kernel.write(process, kernel.addfd(process, kernel.open(process, '/tmp/f', 'rw'), 3), utf8('bbbb'))
    expect(text(bytes)).toBe('aaaa')
  })

  it.each([
    ['/nope', 'r', '/nope: No such file or directory'],
    ['/etc', 'w', '/etc: Is a directory'],
    ['/etc/passwd/x', 'r', '/etc/passwd/x: Not a directory'],
    ['/etc/passwd', 'w', '/etc/passwd: Permission denied'],
    ['/proc/uptime', 'w', '/proc/uptime: Permission denied'],
    ['/dev/tty', 'r', '/dev/tty: No such device or address'],
    ['/dev/fd/9', 'r', '/dev/fd/9: No such file or directory'],
  ] as const)('refuse to open %s for %s', (path, mode, words) => {
    const { kernel, process } = bench(rootOf(), 33)
    expect(refusal(() => kernel.open(process, path, mode))).toBe(words)
  })

  it('end at the size of the disk', () => {
    const { kernel, process } = bench()
    const fd = kernel.addfd(process, kernel.open(process, '/tmp/f', 'w'), 3)
    kernel.written = 256 * 1024 * 1024 - 1
    expect(kernel.write(process, fd, utf8('a'))).toBe(1)
    expect(refusal(() => kernel.write(process, fd, utf8('a')))).toBe('/tmp/f: No space left on device')
  })
})

describe('devices', () => {
  const read = (path: string, seed = 'seed') => {
    const { kernel } = boot(['wait'], { seed })
    const process = kernel.processes.get(1)!
    return kernel.read(process, kernel.addfd(process, kernel.open(process, path, 'r'), 3), 16)!
  }

  it('null, zero and random', () => {
    expect(read('/dev/null')).toHaveLength(0)
    expect([...read('/dev/zero')]).toEqual(Array(16).fill(0))
    expect([...read('/dev/urandom')]).toEqual([...read('/dev/random')])
    expect([...read('/dev/urandom')]).not.toEqual([...read('/dev/urandom', 'other')])
  })

  it('full has no room', () => {
    const { kernel, process } = bench()
    const fd = kernel.addfd(process, kernel.open(process, '/dev/full', 'w'), 3)
    expect(refusal(() => kernel.write(process, fd, utf8('x')))).toBe('/dev/full: No space left on device')
  })

  it('stdout is what descriptor 1 is', () => {
    const { kernel, process } = bench()
    for (const path of ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'])
      expect(kernel.open(process, path, 'w')).toBe(process.fds[1])
  })

  it('stand behind links', () => {
    const fs = rootOf()
    fs.symlink(root(0n), '/dev/stdout', '/tmp/access.log')
    const { kernel, process } = bench(fs)
    expect(kernel.open(process, '/tmp/access.log', 'a')).toBe(process.fds[1])
  })

  it('can be mounted, and are then opened by their numbers', () => {
    const files = new Map([
      ['root', rootOf()],
      ['dev', deviceFiles(NOW)],
    ])
    const namespace = new Namespace(files, 'root')
    namespace.mount('/dev', 'dev')
    const machine = new Machine({ hostname: 'box', namespace, catalog: new Catalog(PROGRAMS), seed: 's', now: NOW })
    spawn(machine, ['wait'], { tty: { cols: 80, rows: 24 } })
    const { kernel } = machine
    const process = kernel.processes.get(1)!
    kernel.namespace.link(kernel.caller(process), '/dev/zero', '/dev/other')
    expect(kernel.open(process, '/dev/other', 'r')).toMatchObject({ kind: 'device', device: 'zero' })
    expect(kernel.open(process, '/dev/pts/0', 'r')).toMatchObject({ kind: 'tty' })
    expect(kernel.readdir(process, '/dev')).toEqual(expect.arrayContaining(['fd', 'null', 'pts', 'shm', 'stdout']))
  })

  it('tty is the terminal', () => {
    const { kernel } = boot(['wait'], { tty: { cols: 1, rows: 1 } })
    const process = kernel.processes.get(1)!
    expect(kernel.open(process, '/dev/tty', 'rw')).toMatchObject({ kind: 'tty', tty: process.tty })
  })
})

describe('/proc', () => {
  it('tells of processes', () => {
    const { kernel, process } = bench()
    const show = (path: string) => readAll(kernel, process, path)
    expect(show('/proc/self/cmdline')).toBe('wait\0')
    expect(show('/proc/1/comm')).toBe('wait\n')
    expect(show('/proc/self/environ')).toBe('PATH=/bin\0')
    expect(show('/proc/1/status')).toMatch(/^Name:\twait\n[\s\S]*\nPid:\t1\nPPid:\t0\n/)
    expect(show('/proc/self/stat')).toMatch(/^1 \(wait\) S 0 1 1 0 -1 /)
    expect(show('/proc/self/stat').trim().split(' ')).toHaveLength(51)
    expect(refusal(() => show('/proc/7/stat'))).toBe('/proc/7/stat: No such file or directory')
    expect(kernel.readdir(process, '/proc')).toEqual(expect.arrayContaining(['1', 'cpuinfo', 'self', 'sys', 'uptime']))
    expect(kernel.readdir(process, '/proc/self/fd')).toEqual(['0', '1', '2'])
    expect(kernel.readlink(process, '/proc/self/exe')).toBe('/bin/wait')
    expect(kernel.readlink(process, '/proc/self/cwd')).toBe('/')
  })

  it('tells of the machine', () => {
    const machine = boot(['wait'], { addresses: ['172.17.0.2'], limits: { cpus: 3 } })
    machine.run(NOW + 90 * SECOND)
    const { kernel } = machine
    const process = kernel.processes.get(1)!
    const show = (path: string) => readAll(kernel, process, path)
    kernel.listen(process, 8080)
    expect(show('/proc/uptime')).toBe('90.00 90.00\n')
    expect(show('/proc/cpuinfo').match(/^processor/gm)).toHaveLength(3)
    expect(show('/proc/mounts')).toMatch(/^overlay \/ overlay rw,relatime 0 0\n/)
    expect(show('/proc/net/tcp')).toContain(' 00000000:1F90 00000000:0000 0A ')
    expect(show('/proc/net/dev')).toMatch(/ {2}eth0:/)
    expect(show('/proc/sys/kernel/hostname')).toBe('box\n')
    expect(show('/proc/sys/kernel/random/uuid')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}\n$/,
    )
    expect(kernel.stat(process, '/proc/uptime')).toMatchObject({ mode: 0o100444 })
    expect(kernel.stat(process, '/proc/1')).toMatchObject({ mode: 0o040555 })
    expect(kernel.stat(process, '/dev/null')).toMatchObject({ mode: 0o020666, rdev: 259 })
  })
})

describe('memory', () => {
  it('beyond the limit ends the biggest process', () => {
    const hog: Program<{ size: number }> = {
      name: 'hog',
      init: () => ({ size: 1024 * 1024 }),
      step(kernel, process, frame) {
        frame.size *= 2
        kernel.allocate(process, frame.size)
        return RUN
      },
    }
    const machine = boot(['hog'], { programs: [hog], limits: { memory: 8 * 1024 * 1024 } })
    expect(take(machine)).toEqual(['oom', 'exit main 137'])
    expect(machine.usage()).toMatchObject({ memory: 0, pids: 0 })
  })
})

describe('connections inside one machine', () => {
  it('carry bytes both ways and end', () => {
    const server: Program<{ fd: number }> = {
      name: 'server',
      init: (process, kernel) => ({ fd: kernel.listen(process, 7, '127.0.0.1') }),
      step(kernel, process, { fd }) {
        const connection = kernel.accept(process, fd)
        if (connection === null) return { type: 'read', fd }
        kernel.setfd(process, 0, process.fds[connection])
        kernel.setfd(process, 1, process.fds[connection])
        kernel.close(process, connection)
        kernel.exec(process, cat, ['cat'])
        return { type: 'exec' }
      },
    }
    const client: Program<{ fd: number; said: boolean }> = {
      name: 'client',
      init: (process, kernel) => ({ fd: kernel.connect(process, 'localhost', 7), said: false }),
      step(kernel, process, frame) {
        if (!frame.said) {
          kernel.write(process, frame.fd, utf8('hello'))
          kernel.shutdown(process, frame.fd)
          frame.said = true
        }
        const bytes = kernel.read(process, frame.fd)
        if (bytes === null) return { type: 'read', fd: frame.fd }
        if (bytes.length === 0) return exit(0)
        kernel.write(process, 1, bytes)
        return RUN
      },
    }
    const machine = boot(['server'], { programs: [server, client] })
    machine.spawn({ id: 'c', argv: ['/bin/client'], env: {}, cwd: '/', uid: 0, gid: 0, stdin: false })
    runUntil(machine, NOW)
    // The server becomes cat, and with PID 1 all ends.
    expect(take(machine)).toEqual([
      'listen 7 tcp 127.0.0.1',
      'c 1:hello',
      'exit c 137',
      'unlisten 7 tcp 127.0.0.1',
      'exit main 0',
    ])
    expect(machine.accept('x', 7, { host: 'a', port: 1 })).toBe(false)
  })
})
