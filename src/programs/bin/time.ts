import { type Instant, SECOND } from '../../core/instant.ts'
import { reapChild, startChild } from './exec.ts'
import { tool, usage } from './tool.ts'

interface Time {
  pid: number
  from: Instant
}

const clock = (microseconds: number): string => {
  const seconds = microseconds / SECOND
  const minutes = Math.floor(seconds / 60)
  return `${minutes}m ${(seconds - minutes * 60).toFixed(2)}s`
}
const portable = (microseconds: number): string => (microseconds / SECOND).toFixed(2)

export const time = tool<Time>({
  name: 'time',
  short: 'vpao:f:',
  mixed: false,
  usage: 'time [-vpa] [-o FILE] PROG ARGS',
  data: () => ({ pid: 0, from: 0 }),
  run(call) {
    const { kernel, process, data } = call
    if (call.operands.length === 0) {
      usage(call, 'time [-vpa] [-o FILE] PROG ARGS')
      return 1
    }
    if (data.pid === 0) {
      data.from = kernel.now
      data.pid = startChild(call, call.operands) ?? 0
      if (data.pid === 0) return call.frame.code
    }
    const status = reapChild(call, data.pid)
    if (status === undefined) return undefined
    const rows = [
      ['real', kernel.now - data.from],
      ['user', 0],
      ['sys', 0],
    ] as const
    const show = call.has('p') ? portable : clock
    kernel.puts(
      process,
      2,
      rows.map(([name, spent]) => `${name}${call.has('p') ? ' ' : '\t'}${show(spent)}\n`).join(''),
    )
    return status
  },
})
