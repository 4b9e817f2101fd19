import { SIGNALS } from '../kernel/signals.ts'
import { become } from './exec.ts'
import { tool, usage } from './tool.ts'

export const nohup = tool({
  name: 'nohup',
  short: '',
  mixed: false,
  usage: 'nohup PROG ARGS',
  run(call) {
    const { kernel, process } = call
    if (call.operands.length === 0) {
      usage(call, 'nohup PROG ARGS')
      return 127
    }
    if (process.fds[1]?.kind === 'tty') {
      kernel.puts(process, 2, "nohup: appending output to 'nohup.out'\n")
      kernel.setfd(process, 1, kernel.open(process, 'nohup.out', 'a'))
    }
    if (process.fds[2]?.kind === 'tty') kernel.setfd(process, 2, process.fds[1])
    process.ignored.add(SIGNALS.HUP)
    become(call, call.operands)
    return undefined
  },
})

/** Programs that only change something of the process and then become another program. */
const wrapper = (name: string, short: string, line: string) =>
  tool({
    name,
    short,
    mixed: false,
    usage: line,
    run(call) {
      if (call.operands.length === 0) {
        usage(call, line)
        return 1
      }
      if (name === 'setsid') call.process.sid = call.process.pgid = call.process.pid
      become(call, call.operands)
      return undefined
    },
  })

export const nice = wrapper('nice', 'n:', 'nice [-n ADJUST] [PROG ARGS]')
export const setsid = wrapper('setsid', 'c', 'setsid [-c] PROG ARGS')
export const ionice = wrapper('ionice', 'c:n:t', 'ionice [-c 1-3] [-n 0-7] [-t] [-p PID | PROG ARGS]')
export const linux64 = wrapper('linux64', '', 'linux64 [PROG ARGS]')
