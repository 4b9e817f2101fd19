import { SECOND } from '../../core/instant.ts'
import { formatTime } from '../text/format-time.ts'
import { reapChild, startChild } from './exec.ts'
import { tool, usage } from './tool.ts'

const LINE = 'watch [-n SEC] [-t] PROG ARGS'

export const watch = tool<{ pid: number; resting: boolean }>({
  name: 'watch',
  short: 'n:td',
  mixed: false,
  usage: LINE,
  data: () => ({ pid: 0, resting: false }),
  run(call) {
    const { data, kernel } = call
    if (call.operands.length === 0) {
      usage(call, LINE)
      return 1
    }
    const period = Number(call.value('n') ?? 2) || 2
    if (data.pid === 0 && !data.resting) {
      const title = `Every ${period.toFixed(1)}s: ${call.operands.join(' ')}`
      call.out(
        `\x1b[H\x1b[J${call.has('t') ? '' : `${title}${formatTime('%Y-%m-%d %H:%M:%S', kernel.now).padStart(80 - title.length)}\n\n`}`,
      )
      data.resting = true
      call.pause({ type: 'run' })
      return undefined
    }
    if (data.pid === 0) {
      data.pid = startChild(call, ['sh', '-c', call.operands.join(' ')]) ?? 0
      if (data.pid === 0) return 1
    }
    if (reapChild(call, data.pid) === undefined) return undefined
    Object.assign(data, { pid: 0, resting: false })
    call.sleepUntil(kernel.now + period * SECOND)
    return undefined
  },
})
