import type { Process } from '../kernel/process.ts'
import { SIGNALS, signalNumber } from '../kernel/signals.ts'
import { regularExpression } from '../text/regular-expression.ts'
import type { Call } from './call.ts'
import { baseName } from './paths.ts'
import { tool, usage } from './tool.ts'

/** The name of a process, as the kernel keeps it. */
export const commandOf = (process: Process): string => baseName(process.argv[0] ?? '').slice(0, 15)

const others = ({ kernel, process }: Call<undefined>) =>
  [...kernel.processes.values()].filter((other) => other !== process)

export const killall = tool({
  name: 'killall',
  short: 'lqs:',
  mixed: false,
  usage: 'killall [-lq] [-SIG] PROCESS_NAME...',
  run: killNamed,
})

function killNamed(call: Call<undefined>): number | undefined {
  const names = [...call.operands]
  const signal = signalNumber(call.value('s') ?? 'TERM') ?? SIGNALS.TERM
  if (names.length === 0) {
    call.fail('you need to specify whom to kill')
    return 1
  }
  for (const name of names) {
    const found = others(call).filter((other) => commandOf(other) === name)
    if (found.length === 0 && !call.has('q')) call.fail(`${name}: no process killed`)
    else if (found.length === 0) call.frame.code = 1
    for (const other of found) call.kernel.signal(other, signal)
  }
  return undefined
}

export const pidof = tool({
  name: 'pidof',
  short: 'so:',
  usage: 'pidof [NAME]...',
  run(call) {
    const found = others(call)
      .filter((other) => call.operands.includes(commandOf(other)) && !call.values('o').includes(String(other.pid)))
      .map(({ pid }) => pid)
      .reverse()
    if (found.length === 0) return 1
    call.out(`${(call.has('s') ? found.slice(0, 1) : found).join(' ')}\n`)
    return 0
  },
})

/** Processes that fit, oldest first. */
function matching(call: Call<undefined>, pattern: string): Process[] {
  const expression = regularExpression(call.has('x') ? `^(${pattern})$` : pattern, { extended: true })
  const found = others(call).filter((other) => {
    const text = call.has('f') ? other.argv.join(' ') : commandOf(other)
    const parent = call.value('P')
    return expression.test(text) !== call.has('v') && (parent === undefined || other.ppid === Number(parent))
  })
  if (call.has('o')) return found.slice(0, 1)
  return call.has('n') ? found.slice(-1) : found
}

const LINE = '[-flnovx] [-s SID|-P PPID|PATTERN]'

export const pgrep = tool({
  name: 'pgrep',
  short: 'flanovxs:P:',
  usage: `pgrep ${LINE}`,
  run(call) {
    const [pattern = call.has('P') ? '' : undefined] = call.operands
    if (pattern === undefined) {
      usage(call, `pgrep ${LINE}`)
      return 1
    }
    const found = matching(call, pattern)
    for (const other of found)
      call.out(
        `${other.pid}${call.has('a') ? ` ${other.argv.join(' ')}` : call.has('l') ? ` ${commandOf(other)}` : ''}\n`,
      )
    return found.length > 0 ? 0 : 1
  },
})

export const pkill = tool({
  name: 'pkill',
  short: 'flnovxs:P:',
  number: 's',
  usage: 'pkill [-l|-SIGNAL] [-xfvno] [-s SID|-P PPID|PATTERN]',
  run(call) {
    const [pattern = call.has('P') ? '' : undefined] = call.operands
    if (pattern === undefined) {
      usage(call, 'pkill [-l|-SIGNAL] [-xfvno] [-s SID|-P PPID|PATTERN]')
      return 1
    }
    const signal = signalNumber(call.value('s') ?? 'TERM') ?? SIGNALS.TERM
    const found = matching(call, pattern)
    for (const other of found) call.kernel.signal(other, signal)
    return found.length > 0 ? 0 : 1
  },
})
