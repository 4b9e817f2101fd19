import { SECOND } from '../../src/core/instant.ts'
import { Catalog } from '../../src/programs/catalog.ts'
import { text, utf8 } from '../../src/programs/kernel/bytes.ts'
import type { Limits } from '../../src/programs/kernel/limits.ts'
import type { Out } from '../../src/programs/kernel/out.ts'
import { exit, PAUSE, type Program, RUN } from '../../src/programs/kernel/program.ts'
import { Machine, type SpawnSpec } from '../../src/programs/machine.ts'
import { marker } from '../../src/programs/marker.ts'
import { root } from '../../src/storage/caller.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { Namespace } from '../../src/storage/mount-namespace.ts'

export const NOW = 1_700_000_000 * SECOND

/** Prints its arguments. */
export const echo: Program<null> = {
  name: 'echo',
  init: () => null,
  step(kernel, process) {
    kernel.puts(process, 1, `${process.argv.slice(1).join(' ')}\n`)
    return exit(0)
  },
}

/** `ticker SECONDS`: a line a second, for ever. */
export const ticker: Program<{ count: number; next: number }> = {
  name: 'ticker',
  init: (_process, kernel) => ({ count: 0, next: kernel.now }),
  step(kernel, process, frame) {
    if (kernel.now >= frame.next) {
      kernel.puts(process, 1, `tick ${frame.count++}\n`)
      frame.next += SECOND
    }
    return { type: 'sleep', until: frame.next }
  },
}

/** Copies its standard input to its standard output. */
export const cat: Program<{ rest: Uint8Array | null }> = {
  name: 'cat',
  init: () => ({ rest: null }),
  step(kernel, process, frame) {
    const bytes = frame.rest ?? kernel.read(process, 0)
    if (bytes === null) return { type: 'read', fd: 0 }
    if (bytes.length === 0) return exit(0)
    const written = kernel.write(process, 1, bytes)
    if (written < 0) return exit(141)
    frame.rest = written < bytes.length ? bytes.subarray(written) : null
    return frame.rest ? { type: 'write', fd: 1 } : RUN
  },
}

/** Does nothing, as fast as it can. */
export const spin: Program<null> = { name: 'spin', init: () => null, step: () => RUN }

/** Waits for signals: as `sleep infinity`, it handles none. */
export const wait: Program<null> = { name: 'wait', init: () => null, step: () => PAUSE }

/** Prints the signals that it gets, and ends with TERM: `trap`. */
export const trap: Program<null> = {
  name: 'trap',
  init: () => null,
  onSignal: () => true,
  step(kernel, process) {
    for (const signal of process.pending.splice(0)) {
      kernel.puts(process, 1, `signal ${signal}\n`)
      if (signal === 15) return exit(3)
    }
    return PAUSE
  },
}

/** Starts itself over and over. */
export const bomb: Program<null> = {
  name: 'bomb',
  init: () => null,
  step(kernel, process) {
    kernel.spawn(bomb, ['bomb'], process)
    return RUN
  },
}

export const PROGRAMS: readonly Program[] = [echo, ticker, cat, spin, wait, trap, bomb]

/** A root with a file for every program, `/etc` and `/tmp`. */
export function rootOf(programs: readonly Program[] = PROGRAMS): FileSystem {
  const fs = new FileSystem()
  const caller = root(BigInt(NOW) * 1000n)
  for (const directory of ['/bin', '/etc', '/tmp', '/dev', '/proc', '/root']) fs.mkdirp(caller, directory)
  fs.writeFile(caller, '/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nwww:x:33:33:www:/var/www:/bin/false\n', 0o644)
  fs.writeFile(caller, '/etc/group', 'root:x:0:\nwww:x:33:\nstaff:x:50:www\n', 0o644)
  fs.writeFile(caller, '/etc/hosts', '127.0.0.1\tlocalhost\n', 0o644)
  for (const { name } of programs) fs.writeFile(caller, `/bin/${name}`, marker(name), 0o777)
  return fs
}

export interface BoxOptions {
  readonly programs?: readonly Program[]
  readonly fs?: FileSystem
  readonly catalog?: Catalog
  readonly limits?: Partial<Limits>
  readonly seed?: string
  readonly addresses?: readonly string[]
}

/** A machine at `NOW` with the programs above and those given. */
export function machineOf({
  programs = [],
  fs,
  catalog,
  limits = {},
  seed = 'seed',
  addresses = [],
}: BoxOptions = {}): Machine {
  const all = [...PROGRAMS, ...programs]
  const files = new Map([['root', fs ?? rootOf(all)]])
  return new Machine({
    hostname: 'box',
    namespace: new Namespace(files, 'root'),
    catalog: catalog ?? new Catalog(all),
    seed,
    now: NOW,
    limits,
    addresses,
  })
}

export function spawn(machine: Machine, argv: readonly string[], more: Partial<SpawnSpec> = {}): number {
  return machine.spawn({
    id: 'main',
    argv,
    env: { PATH: '/bin' },
    cwd: '/',
    uid: 0,
    gid: 0,
    stdin: false,
    ...more,
  })
}

/** A machine that runs `argv` as PID 1 and did what it could at `NOW`. */
export function boot(argv: readonly string[], options: BoxOptions & Partial<SpawnSpec> = {}): Machine {
  const machine = machineOf(options)
  spawn(machine, argv, options)
  machine.run(NOW)
  return machine
}

/** From timer to timer until `until`. */
export function runUntil(machine: Machine, until: number): void {
  for (let at = machine.nextTimer(); at !== undefined && at <= until; at = machine.nextTimer()) machine.run(at)
  machine.run(until)
}

export const feed = (machine: Machine, words: string, id = 'main') => machine.feed(id, utf8(words))

/** The text of the output in a box of outs. */
export const outputOf = (outs: readonly Out[], id = 'main'): string =>
  outs.map((out) => (out.type === 'output' && out.id === id ? text(out.bytes) : '')).join('')

export const exitsOf = (outs: readonly Out[]): Record<string, number> =>
  Object.fromEntries(outs.flatMap((out) => (out.type === 'exit' ? [[out.id, out.code]] : [])))

/** What has gone out, readable: `1:hi`, `exit main 0`. */
export function take(machine: Machine): string[] {
  return machine.takeOutbox().map((out) => {
    if (out.type === 'output') return `${out.id === 'main' ? '' : `${out.id} `}${out.stream}:${text(out.bytes)}`
    if (out.type === 'exit') return `exit ${out.id} ${out.code}`
    if (out.type === 'send') return `send ${out.connection} ${text(out.bytes)}`
    return Object.values(out).join(' ')
  })
}
