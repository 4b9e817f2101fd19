import type { Call } from './call.ts'
import { humanSize } from './ls.ts'
import { tool } from './tool.ts'

interface Volume {
  readonly source: string
  readonly size: number
  readonly used: number
  readonly at: string
}

const DISK = 64 * 1024 ** 3
const MEMORY = 64 * 1024 ** 2

/** What a container of Docker's has mounted, and what was mounted besides. */
function mountsOf({ kernel, process }: Call<undefined>): string[][] {
  try {
    const file = kernel.open(process, '/proc/mounts', 'r')
    const text = file.kind === 'text' ? new TextDecoder().decode(file.bytes) : ''
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' '))
  } catch {
    return [['overlay', '/', 'overlay', 'rw,relatime', '0', '0']]
  }
}

function volumes(call: Call<undefined>): Volume[] {
  return mountsOf(call).flatMap(([source = '', at = '', type = '']): Volume[] => {
    if (['proc', 'sysfs', 'devpts', 'mqueue', 'cgroup', 'cgroup2'].includes(type)) return []
    const mount = call.kernel.namespace.mounts().findLast((one) => one.at === at)
    const files = mount && call.kernel.namespace.files.get(mount.fs)
    if (type === 'tmpfs') return [{ source, at, size: files?.capacity ?? MEMORY, used: files?.used ?? 0 }]
    return [{ source, at, size: DISK, used: Math.floor(DISK / 8) }]
  })
}

function row(call: Call<undefined>, { source, size, used, at }: Volume): string {
  const show = (bytes: number) =>
    call.has('h') ? humanSize(bytes) : String(Math.ceil(bytes / (call.has('m') ? 1024 ** 2 : 1024)))
  const head = source.length > 20 ? `${source}\n${' '.repeat(20)}` : source.padEnd(20)
  const percent = size === 0 ? '0' : String(Math.ceil((used * 100) / size))
  return `${head} ${show(size).padStart(9)} ${show(used).padStart(9)} ${show(size - used).padStart(9)} ${percent.padStart(3)}% ${at}\n`
}

export const df = tool({
  name: 'df',
  short: 'PkmhTait:B:',
  usage: 'df [-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...',
  run(call) {
    const all = volumes(call)
    const unit = call.has('h') ? 'Size' : call.has('m') ? '1M-blocks' : '1K-blocks'
    call.out(
      `Filesystem           ${call.has('h') ? '     Size' : unit.padEnd(9)}      Used Available ${call.has('P') ? 'Capacity' : 'Use%'} Mounted on\n`,
    )
    if (call.operands.length === 0) for (const volume of all) call.out(row(call, volume))
    for (const path of call.operands) {
      const there = call.files.lookup(path, call.here)
      if (!there) {
        call.fail(`${path}: can't find mount point`)
        continue
      }
      const full = call.files.pathOf(call.files.need(path, call.here))
      const volume = all
        .filter(({ at }) => full === at || full.startsWith(at === '/' ? '/' : `${at}/`))
        .sort((a, b) => b.at.length - a.at.length)[0]
      if (volume) call.out(row(call, volume))
    }
    return undefined
  },
})

export const mount = tool({
  name: 'mount',
  short: 'at:o:nrwvi',
  usage: 'mount [OPTIONS] [-o OPT] DEVICE NODE',
  run(call) {
    if (call.operands.length > 0) {
      call.fail('permission denied (are you root?)')
      return 1
    }
    for (const [source, at, type, options] of mountsOf(call)) call.out(`${source} on ${at} type ${type} (${options})\n`)
    return undefined
  },
})

export const umount = tool({
  name: 'umount',
  short: 'rlfDnat:O:',
  usage: 'umount [-rlfan] FILESYSTEM|DIRECTORY',
  run(call) {
    for (const path of call.operands) call.fail(`can't unmount ${path}: Operation not permitted`)
  },
})
