import type { Tty } from '../kernel/tty.ts'
import type { Call } from './call.ts'
import { tool } from './tool.ts'

export const tty = tool({
  name: 'tty',
  short: 's',
  usage: 'tty [-s]',
  run(call) {
    const file = call.process.fds[0]
    if (!call.has('s')) call.out(file?.kind === 'tty' ? `/dev/pts/${file.tty.index}\n` : 'not a tty\n')
    return file?.kind === 'tty' ? 0 : 1
  },
})

export const clear = tool({ name: 'clear', short: '', usage: 'clear', run: (call) => call.out('\x1b[H\x1b[J') })
export const reset = tool({
  name: 'reset',
  short: '',
  usage: 'reset',
  run: (call) => call.out('\x1bc\x1b(B\x1b[0m\x1b[J\x1b[?25h'),
})

const FLAGS = ['canonical', 'echo', 'signals', 'crToNl', 'nlToCrNl'] as const
const NAMES: Readonly<Record<string, (typeof FLAGS)[number]>> = {
  icanon: 'canonical',
  echo: 'echo',
  isig: 'signals',
  icrnl: 'crToNl',
  opost: 'nlToCrNl',
  onlcr: 'nlToCrNl',
}

/** A terminal without a size is told of as an error, unless the environment gives one. busybox: get_terminal_width_height */
function size(call: Call<undefined>, { rows, cols }: Tty): void {
  const given = (name: string) => Number(call.process.env.get(name)) || 0
  const [lines, columns] = [rows || given('LINES'), cols || given('COLUMNS')]
  if (lines || columns) call.out(`${lines || 24} ${columns || 80}\n`)
  else call.fail('standard input', 0)
}

export const stty = tool({
  name: 'stty',
  short: '',
  raw: true,
  run(call) {
    const file = call.process.fds[0]
    if (file?.kind !== 'tty') {
      call.fail('standard input: Inappropriate ioctl for device')
      return 1
    }
    const { tty } = file
    const words = [...call.operands]
    if (words.length === 0) call.out('speed 38400 baud; line = 0;\n')
    for (let word = words.shift(); word !== undefined; word = words.shift()) {
      const on = !word.startsWith('-')
      const flag = NAMES[on ? word : word.slice(1)]
      if (flag) tty.settings[flag] = on
      else if (word === 'raw' || word === '-cooked') {
        for (const each of FLAGS) if (each !== 'echo') tty.settings[each] = false
      } else if (word === 'sane' || word === 'cooked' || word === '-raw') {
        for (const each of FLAGS) tty.settings[each] = true
      } else if (word === 'size') size(call, tty)
      else if (word === 'rows' || word === 'cols' || word === 'columns')
        tty[word === 'rows' ? 'rows' : 'cols'] = Number(words.shift()) || 0
      else if (word === '-a')
        call.out(
          `speed 38400 baud; rows ${tty.rows}; columns ${tty.cols}; line = 0;\n${Object.entries(NAMES)
            .map(([name, key]) => (tty.settings[key] ? name : `-${name}`))
            .join(' ')}\n`,
        )
      else if (word === '-g') call.out('4500:5:bf:8a3b\n')
    }
    return undefined
  },
})
