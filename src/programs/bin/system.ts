import { MINUTE } from '../../core/instant.ts'
import { MEMORY } from '../kernel/host.ts'
import { formatTime } from '../text/format-time.ts'
import type { Call } from './call.ts'
import { humanSize } from './ls.ts'
import { tool } from './tool.ts'

function memoryRow(call: Call<undefined>, title: string, values: readonly number[]): string {
  const unit = call.has('b') ? 1 : call.has('m') ? 1024 ** 2 : call.has('g') ? 1024 ** 3 : 1024
  const show = (bytes: number) =>
    call.has('h') ? (bytes === 0 ? '0' : humanSize(bytes)) : String(Math.floor(bytes / unit))
  return `${title.padEnd(7)}${values.map((value) => show(value).padStart(12)).join('')}\n`
}

export const free = tool({
  name: 'free',
  short: 'bkmgth',
  usage: 'free [-bkmgh]',
  run(call) {
    const used = call.kernel.memory
    const free = MEMORY - used
    const titles = ['total', 'used', 'free', 'shared', 'buff/cache', 'available']
    call.out(`       ${titles.map((title) => title.padStart(12)).join('')}\n`)
    call.out(memoryRow(call, 'Mem:', [MEMORY, used, free, 0, 0, free]))
    call.out(memoryRow(call, 'Swap:', [0, 0, 0]))
  },
})

function upTime(call: Call<unknown>): string {
  const minutes = Math.floor((call.kernel.now - call.kernel.bootedAt) / MINUTE)
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor(minutes / 60) % 24
  const clock = hours > 0 ? `${hours}:${String(minutes % 60).padStart(2, '0')}` : `${minutes % 60} min`
  const day = days > 0 ? `${days} day${days === 1 ? '' : 's'}, ` : ''
  return ` ${formatTime('%H:%M:%S', call.kernel.now)} up ${day}${clock},  0 users,  load average: 0.00, 0.00, 0.00`
}

export const uptime = tool({
  name: 'uptime',
  short: 's',
  usage: 'uptime',
  run: (call) => call.out(`${upTime(call)}\n`),
})

export const nproc = tool({
  name: 'nproc',
  short: '',
  long: { all: '', 'ignore:': 'i' },
  usage: 'nproc [--all] [--ignore=N]',
  run: (call) => call.out(`${Math.max(1, call.kernel.limits.cpus - Number(call.value('i') ?? 0))}\n`),
})

export const sync = tool({ name: 'sync', short: 'df', usage: 'sync', run: () => 0 })

export const usleep = tool<{ begun: boolean }>({
  name: 'usleep',
  short: '',
  usage: 'usleep N',
  data: () => ({ begun: false }),
  run(call) {
    if (call.data.begun) return 0
    call.data.begun = true
    const [word] = call.operands
    if (word === undefined || !/^\d+$/.test(word)) {
      call.fail(`invalid number '${word ?? ''}'`)
      return 1
    }
    call.sleepUntil(call.kernel.now + Number(word))
    return undefined
  },
})

/** Nothing of the host's kernel is ever logged. */
export const dmesg = tool({ name: 'dmesg', short: 'cn:s:r', usage: 'dmesg [-cr] [-n LEVEL] [-s SIZE]', run: () => 0 })
export const logger = tool({
  name: 'logger',
  short: 'st:p:',
  usage: 'logger [-s] [-t TAG] [-p PRIO] [MESSAGE]',
  run: () => 0,
})

export const who = tool({ name: 'who', short: 'aH', usage: 'who [-aH]', run: () => 0 })

/** PID 1 of a container that has nothing else to do: it reaps and waits. */
export const init = tool({
  name: 'init',
  short: '',
  raw: true,
  run(call) {
    while (call.kernel.reap(call.process));
    call.sleepUntil(call.kernel.now + 24 * 60 * MINUTE)
  },
})

export const sysctl = tool({
  name: 'sysctl',
  short: 'enawq',
  usage: 'sysctl [-enq] { -a | -p [FILE]... | [-w] [KEY[=VALUE]]... }',
  run(call) {
    for (const name of call.operands) {
      const [key = '', value] = name.split('=')
      const path = `/proc/sys/${key.replaceAll('.', '/')}`
      if (value !== undefined) {
        call.fail(`error setting key '${key}': Read-only file system`)
        continue
      }
      const file = call.attempt(
        () => call.kernel.open(call.process, path, 'r'),
        () => `error: '${path}': No such file or directory`,
      )
      if (file?.kind === 'text') call.out(`${call.has('n') ? '' : `${key} = `}${new TextDecoder().decode(file.bytes)}`)
    }
  },
})
