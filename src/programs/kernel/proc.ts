import { SECOND } from '../../core/instant.ts'
import { utf8 } from './bytes.ts'
import { KERNEL_RELEASE, KERNEL_VERSION, MEMORY } from './host.ts'
import type { Kernel } from './kernel.ts'
import { procOf } from './proc-process.ts'
import type { Process } from './process.ts'

type Text = (kernel: Kernel, process: Process) => string

const kib = (bytes: number) =>
  `${Math.floor(bytes / 1024)
    .toString()
    .padStart(8)} kB`
const seconds = (micros: number) => (micros / SECOND).toFixed(2)

const FILES: Readonly<Record<string, Text>> = {
  '/proc/cpuinfo': ({ limits }) =>
    Array.from(
      { length: limits.cpus },
      (_, cpu) => `processor\t: ${cpu}\nmodel name\t: wavetank\ncpu MHz\t\t: 1000.000\n\n`,
    ).join(''),
  '/proc/filesystems': () => 'nodev\tproc\nnodev\ttmpfs\nnodev\toverlay\n',
  '/proc/loadavg': ({ processes, nextPid }) => `0.00 0.00 0.00 1/${processes.size} ${nextPid - 1}\n`,
  '/proc/meminfo': ({ memory }) =>
    `MemTotal:       ${kib(MEMORY)}\nMemFree:        ${kib(MEMORY - memory)}\nMemAvailable:   ${kib(MEMORY - memory)}\n` +
    `Buffers:        ${kib(0)}\nCached:         ${kib(0)}\nSwapTotal:      ${kib(0)}\nSwapFree:       ${kib(0)}\n`,
  '/proc/mounts': mounts,
  '/proc/net/dev': networkDevices,
  '/proc/net/tcp': tcpTable,
  '/proc/stat': ({ limits, bootedAt }) => {
    const cpus = Array.from({ length: limits.cpus }, (_, cpu) => `cpu${cpu} 0 0 0 0 0 0 0 0 0 0\n`).join('')
    return `cpu  0 0 0 0 0 0 0 0 0 0\n${cpus}btime ${Math.floor(bootedAt / SECOND)}\n`
  },
  '/proc/sys/kernel/hostname': ({ hostname }) => `${hostname}\n`,
  '/proc/sys/kernel/osrelease': () => `${KERNEL_RELEASE}\n`,
  '/proc/sys/kernel/ostype': () => 'Linux\n',
  '/proc/sys/kernel/pid_max': () => '4194304\n',
  '/proc/sys/kernel/random/boot_id': ({ bootedAt }) => `${uuidOf(bootedAt)}\n`,
  '/proc/sys/kernel/random/uuid': (kernel) => `${uuid(kernel)}\n`,
  '/proc/sys/net/core/somaxconn': () => '4096\n',
  '/proc/sys/net/ipv4/ip_forward': () => '1\n',
  '/proc/sys/vm/overcommit_memory': () => '0\n',
  '/proc/uptime': ({ now, bootedAt }) => `${seconds(now - bootedAt)} ${seconds(now - bootedAt)}\n`,
  '/proc/version': () => `Linux version ${KERNEL_RELEASE} (wavetank@wavetank) ${KERNEL_VERSION}\n`,
}

/** The content of a file of /proc at this moment; undefined when there is none of that name. */
export function procText(kernel: Kernel, process: Process, path: string): Uint8Array | undefined {
  const found = /^\/proc\/(self|thread-self|\d+)\/(.+)$/.exec(path)
  const text = found ? textOf(kernel, process, found[1]!, found[2]!) : FILES[path]?.(kernel, process)
  return text === undefined ? undefined : utf8(text)
}

function textOf(kernel: Kernel, process: Process, pid: string, name: string): string | undefined {
  const target = /^\d/.test(pid) ? kernel.processes.get(Number(pid)) : process
  if (!target) return undefined
  return name === 'mounts' ? mounts(kernel) : procOf(kernel, target, name)
}

/** The names in a directory of /proc; undefined when it is not one. */
export function procNames(kernel: Kernel, process: Process, path: string): string[] | undefined {
  const at = path.replace(/\/+$/, '')
  const own = /^\/proc\/(self|\d+)(\/fd)?$/.exec(at)
  if (own) return namesOf(kernel, process, own[1]!, own[2] !== undefined)
  const below = Object.keys(FILES).filter((file) => file.startsWith(`${at}/`))
  if (below.length === 0 || !at.startsWith('/proc')) return undefined
  const names = new Set(below.map((file) => file.slice(at.length + 1).split('/')[0]!))
  if (at !== '/proc') return [...names].sort()
  return [...[...kernel.processes.keys()].map(String), ...names, 'self'].sort()
}

function namesOf(kernel: Kernel, process: Process, pid: string, descriptors: boolean): string[] | undefined {
  const target = pid === 'self' ? process : kernel.processes.get(Number(pid))
  if (!target) return undefined
  if (descriptors) return target.fds.flatMap((file, fd) => (file ? [String(fd)] : []))
  return ['cgroup', 'cmdline', 'comm', 'cwd', 'environ', 'exe', 'fd', 'limits', 'mounts', 'stat', 'statm', 'status']
}

/** Where a symlink of /proc points. */
export function procLink(kernel: Kernel, process: Process, path: string): string | undefined {
  if (path === '/proc/self') return String(process.pid)
  if (path === '/proc/mounts') return 'self/mounts'
  const found = /^\/proc\/(self|\d+)\/(exe|cwd|root|fd\/(\d+))$/.exec(path)
  const target = found && (found[1] === 'self' ? process : kernel.processes.get(Number(found[1])))
  if (!target) return undefined
  if (found[2] === 'exe') return target.path
  if (found[2] === 'cwd') return kernel.namespace.pathOf(target.cwd)
  if (found[2] === 'root') return '/'
  return fileName(target, Number(found[3]))
}

function fileName(process: Process, fd: number): string | undefined {
  const file = process.fds[fd]
  if (!file) return undefined
  switch (file.kind) {
    case 'file':
    case 'directory':
    case 'text':
      return file.path
    case 'device':
      return `/dev/${file.device === 'random' ? 'urandom' : file.device}`
    case 'tty':
      return `/dev/pts/${file.tty.index}`
    case 'socket':
    case 'listener':
      return `socket:[${10_000 + fd}]`
    default:
      return `pipe:[${10_000 + fd}]`
  }
}

const ROOT_MOUNT = { source: 'overlay', type: 'overlay', options: 'relatime' }
const ON_DISK = { source: '/dev/sda1', type: 'ext4', options: 'relatime' }

function mounts({ namespace }: Kernel): string {
  return namespace
    .mounts()
    .map(({ at, readOnly, over, label }) => {
      const { source, type, options } = label ?? (over ? ON_DISK : ROOT_MOUNT)
      return `${source} ${at} ${type} ${readOnly ? 'ro' : 'rw'},${options} 0 0\n`
    })
    .concat(
      'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\n',
      'tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755 0 0\n',
    )
    .join('')
}

function networkDevices({ addresses }: Kernel): string {
  const row = (name: string) =>
    `${name.padStart(6)}:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0\n`
  const devices = ['lo', ...addresses.map((_, at) => `eth${at}`)]
  return (
    'Inter-|   Receive                                                |  Transmit\n' +
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n' +
    devices.map(row).join('')
  )
}

function tcpTable({ listeners }: Kernel): string {
  const hex = (number: number) => number.toString(16).toUpperCase().padStart(4, '0')
  const rows = [...listeners.values()]
    .filter(({ proto }) => proto === 'tcp')
    .map(({ port, host }, at) => {
      const address = host.startsWith('127.') ? '0100007F' : '00000000'
      return `${String(at).padStart(4)}: ${address}:${hex(port)} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 ${1000 + at} 1\n`
    })
  return `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n${rows.join('')}`
}

function uuid(kernel: Kernel): string {
  const hex = Array.from({ length: 4 }, () => kernel.nextRandom().toString(16).padStart(8, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}

function uuidOf(number: number): string {
  const hex = number.toString(16).padStart(12, '0')
  return `00000000-0000-4000-a000-${hex.slice(-12)}`
}
