import { makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../../storage/inode.ts'
import { parseMode } from '../text/mode.ts'
import type { Call } from './call.ts'
import { parseCount } from './head.ts'
import { joined } from './paths.ts'
import { tool, usage } from './tool.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** A name that is not taken: the Xs at the end become letters. Undefined: there are too few. */
function freeName(call: Call<undefined>, template: string): string | undefined {
  const marks = /X+$/.exec(template)?.[0].length ?? 0
  if (marks < 6) return undefined
  for (;;) {
    let suffix = ''
    for (let left = marks; left > 0; left--) suffix += LETTERS[call.kernel.nextRandom() % LETTERS.length]!
    const path = template.slice(0, -marks) + suffix
    if (!call.files.lookup(path, call.there)) return path
  }
}

export const mktemp = tool({
  name: 'mktemp',
  short: 'dqtup:',
  long: { directory: 'd', 'dry-run': 'u', quiet: 'q', 'tmpdir:': 'p' },
  usage: 'mktemp [-dt] [-p DIR] [TEMPLATE]',
  run(call) {
    const [given] = call.operands
    const directory = call.value('p') ?? call.process.env.get('TMPDIR') ?? '/tmp'
    const template =
      given === undefined
        ? joined(directory, 'tmp.XXXXXX')
        : call.has('t') || call.has('p')
          ? joined(directory, given)
          : given
    const path = freeName(call, template)
    if (path === undefined) {
      if (!call.has('q')) call.fail('(null): Invalid argument')
      return 1
    }
    if (!call.has('u')) {
      const made = call.attempt(
        () => {
          if (call.has('d')) call.files.mkdir(call.caller, path, 0o700, call.here)
          else call.files.writeFile(call.caller, path, '', 0o600, call.here)
          return true
        },
        undefined,
        template,
      )
      if (!made) return 1
    }
    call.out(`${path}\n`)
    return undefined
  },
})

export const truncate = tool({
  name: 'truncate',
  short: 'cs:',
  long: { 'size:': 's', 'no-create': 'c' },
  usage: 'truncate [-c] -s SIZE FILE...',
  run(call) {
    const { files, caller, here } = call
    const word = call.value('s')
    const size = word === undefined ? undefined : parseCount(word.replace(/^[-+<>/%]/, ''))
    if (word === undefined || size === undefined || call.operands.length === 0) {
      usage(call, 'truncate [-c] -s SIZE FILE...')
      return 1
    }
    for (const path of call.operands) {
      const old = files.lookup(path, here)
      if (!old && call.has('c')) continue
      const wanted = word.startsWith('+')
        ? (old?.size ?? 0) + size
        : word.startsWith('-')
          ? Math.max(0, (old?.size ?? 0) - size)
          : size
      call.attempt(() => {
        const at = files.open(caller, path, { read: false, write: true, create: true, ...here })
        files.truncate(caller, at, wanted)
        files.release(at)
      })
    }
    return undefined
  },
})

function modeOf(call: Call<undefined>): number | undefined {
  const word = call.value('m')
  return word === undefined ? 0o666 : parseMode(word, 0o666, { directory: false, umask: call.process.umask })
}

export const mkfifo = tool({
  name: 'mkfifo',
  short: 'm:',
  usage: 'mkfifo [-m MODE] NAME',
  run(call) {
    const mode = modeOf(call)
    if (mode === undefined) return call.fail(`invalid mode '${call.value('m')}'`)
    for (const path of call.operands)
      call.attempt(() => call.files.mknod(call.caller, path, S_IFIFO | mode, 0, call.here), undefined, path)
  },
})

export const mknod = tool({
  name: 'mknod',
  short: 'm:',
  usage: 'mknod [-m MODE] NAME TYPE [MAJOR MINOR]',
  run(call) {
    const [path, type, major, minor] = call.operands
    const mode = modeOf(call)
    const kind = { p: S_IFIFO, b: S_IFBLK, c: S_IFCHR, u: S_IFCHR }[type ?? '']
    if (path === undefined || kind === undefined || mode === undefined || (kind !== S_IFIFO && minor === undefined)) {
      usage(call, 'mknod [-m MODE] NAME TYPE [MAJOR MINOR]')
      return 1
    }
    call.attempt(
      () =>
        call.files.mknod(call.caller, path, kind | mode, makedev(Number(major ?? 0), Number(minor ?? 0)), call.here),
      undefined,
      path,
    )
    return undefined
  },
})

export const link = tool({
  name: 'link',
  short: '',
  usage: 'link FILE LINK',
  run(call) {
    const [from, to] = call.operands
    if (from === undefined || to === undefined) {
      usage(call, 'link FILE LINK')
      return 1
    }
    call.attempt(
      () => call.files.link(call.caller, from, to, call.here),
      (path, why) => `can't create link '${path}' to '${from}': ${why}`,
      to,
    )
    return undefined
  },
})

export const unlink = tool({
  name: 'unlink',
  short: '',
  usage: 'unlink FILE',
  run(call) {
    const [path] = call.operands
    if (path === undefined) {
      usage(call, 'unlink FILE')
      return 1
    }
    call.attempt(
      () => call.files.unlink(call.caller, path, call.there),
      (name, why) => `can't remove '${name}': ${why}`,
      path,
    )
    return undefined
  },
})
