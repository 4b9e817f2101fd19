import { bin } from '../../src/programs/bin/index.ts'
import { Catalog } from '../../src/programs/catalog.ts'
import type { Out } from '../../src/programs/kernel/out.ts'
import { Machine } from '../../src/programs/machine.ts'
import { marker } from '../../src/programs/marker.ts'
import { decode, encode } from '../../src/programs/text/codec.ts'
import { root } from '../../src/storage/caller.ts'
import { FileSystem } from '../../src/storage/file-system.ts'
import { makedev, S_IFCHR } from '../../src/storage/inode.ts'
import { Namespace } from '../../src/storage/mount-namespace.ts'

/** 2024-01-01T00:00:00Z */
export const START = 1_704_067_200_000_000
export const catalog = new Catalog(bin)
export const PASSWD = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n'
export const GROUP = 'root:x:0:\nusers:x:100:\nnobody:x:65534:\n'

const caller = root(BigInt(START) * 1000n, 0)
const tree = plant()

/** The tree of the chroot in which the real busybox runs the same scripts: see `busybox/oracle.ts`. */
function plant(): FileSystem {
  const fs = new FileSystem()
  for (const path of ['/bin', '/dev', '/etc', '/home', '/proc', '/usr/bin']) fs.mkdirp(caller, path, 0o755)
  fs.mkdir(caller, '/root', 0o700)
  fs.mkdir(caller, '/tmp', 0o1777)
  fs.writeFile(caller, '/etc/passwd', PASSWD, 0o644)
  fs.writeFile(caller, '/etc/group', GROUP, 0o644)
  fs.mknod(caller, '/dev/null', S_IFCHR | 0o666, makedev(1, 3))
  fs.writeFile(caller, '/bin/busybox', marker('busybox'), 0o755)
  for (const { name } of bin) fs.link(caller, '/bin/busybox', `/bin/${name}`)
  return fs
}

export interface Sandbox {
  readonly machine: Machine
  readonly fs: FileSystem
  now: number
}

export interface Start {
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly tty?: boolean
  readonly stdin?: boolean
  readonly uid?: number
  readonly cwd?: string
  readonly files?: Readonly<Record<string, string>>
}

export function sandbox(start: Start): Sandbox {
  const fs = tree.fork()
  for (const [path, content] of Object.entries(start.files ?? {})) fs.writeFile(caller, path, content, 0o644)
  const machine = new Machine({
    hostname: 'box',
    namespace: new Namespace(new Map([['root', fs]]), 'root'),
    catalog,
    seed: 'sandbox',
    now: START,
  })
  machine.spawn({
    id: 'main',
    argv: start.argv,
    env: { PATH: '/bin', HOME: '/root', ...start.env },
    cwd: start.cwd ?? '/tmp',
    uid: start.uid ?? 0,
    gid: start.uid ?? 0,
    stdin: start.stdin ?? false,
    ...(start.tty ? { tty: { cols: 80, rows: 24 } } : {}),
  })
  const box = { machine, fs, now: START }
  machine.run(START)
  return box
}

/** Lets virtual time pass. */
export function advance(box: Sandbox, microseconds: number): void {
  const end = box.now + microseconds
  for (let next = box.machine.nextTimer(); next !== undefined && next <= end; next = box.machine.nextTimer()) {
    box.now = Math.max(box.now, next)
    box.machine.run(box.now)
  }
  box.now = end
  box.machine.run(end)
}

export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | undefined
}

const joined = (out: readonly Out[], stream: 1 | 2): string => {
  const chunks = out.flatMap((one) => (one.type === 'output' && one.stream === stream ? [one.bytes] : []))
  const all = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return decode(all)
}

export function outcome(out: readonly Out[]): Outcome {
  const exit = out.find((one) => one.type === 'exit' && one.id === 'main')
  return { stdout: joined(out, 1), stderr: joined(out, 2), status: exit?.type === 'exit' ? exit.code : undefined }
}

/** Runs to the end, but no longer than an hour of virtual time. */
export function run(start: Start, stdin = ''): Outcome & { readonly out: readonly Out[]; readonly box: Sandbox } {
  const box = sandbox({ ...start, stdin: stdin !== '' || start.stdin === true })
  const out: Out[] = []
  if (stdin !== '') {
    box.machine.feed('main', encode(stdin))
    box.machine.hangup('main')
    box.machine.run(box.now)
  }
  for (let hour = 0; hour < 3600; hour++) {
    out.push(...box.machine.takeOutbox())
    if (out.some(({ type }) => type === 'exit')) break
    if (box.machine.nextTimer() === undefined) break
    advance(box, 1_000_000)
  }
  out.push(...box.machine.takeOutbox())
  return { ...outcome(out), out, box }
}
