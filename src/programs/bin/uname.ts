import { KERNEL_RELEASE, KERNEL_VERSION, MACHINE } from '../kernel/host.ts'
import { tool } from './tool.ts'

export const uname = tool({
  name: 'uname',
  short: 'amnrspvio',
  long: { all: 'a', 'kernel-name': 's', nodename: 'n', 'kernel-release': 'r', 'kernel-version': 'v', machine: 'm' },
  usage: 'uname [-amnrspvio]',
  run(call) {
    const all = call.has('a')
    const fields: readonly (readonly [string, string])[] = [
      ['s', 'Linux'],
      ['n', call.kernel.hostname],
      ['r', KERNEL_RELEASE],
      ['v', KERNEL_VERSION],
      ['m', MACHINE],
      ['p', 'unknown'],
      ['i', 'unknown'],
      ['o', 'GNU/Linux'],
    ]
    const chosen = fields.filter(([letter]) => call.has(letter) || (all && letter !== 'p' && letter !== 'i'))
    call.out(`${chosen.length > 0 ? chosen.map(([, value]) => value).join(' ') : 'Linux'}\n`)
  },
})

export const arch = tool({ name: 'arch', short: '', usage: 'arch', run: (call) => call.out(`${MACHINE}\n`) })

export const hostname = tool({
  name: 'hostname',
  short: 'sidfF:',
  usage: 'hostname [-sidf] [HOSTNAME | -F FILE]',
  run(call) {
    const { kernel } = call
    const [name] = call.operands
    if (name !== undefined) return call.fail('sethostname: Operation not permitted')
    if (call.has('i')) return call.out(`${kernel.addresses.join(' ')}\n`)
    const dot = kernel.hostname.indexOf('.')
    if (call.has('d')) return call.out(dot < 0 ? '' : `${kernel.hostname.slice(dot + 1)}\n`)
    call.out(`${call.has('s') && dot >= 0 ? kernel.hostname.slice(0, dot) : kernel.hostname}\n`)
  },
})

/** Of the address, as glibc makes it of the host's. */
export const hostid = tool({ name: 'hostid', short: '', usage: 'hostid', run: (call) => call.out('007f0100\n') })
