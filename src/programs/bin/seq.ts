import { parseFloatingPoint } from '../text/numbers.ts'
import { tool, usage } from './tool.ts'

interface Seq {
  next: number
}

const decimals = (word: string) => (/\.(\d*)$/.exec(word)?.[1] ?? '').length
const LINES_A_STEP = 2000

export const seq = tool<Seq>({
  name: 'seq',
  short: 'ws:',
  mixed: false,
  usage: 'seq [-w] [-s SEP] [FIRST [INC]] LAST',
  data: () => ({ next: 0 }),
  run(call) {
    const words = call.operands
    const numbers = words.map(parseFloatingPoint)
    if (words.length < 1 || words.length > 3) {
      usage(call, 'seq [-w] [-s SEP] [FIRST [INC]] LAST')
      return 1
    }
    const wrong = words.find((_, index) => numbers[index] === undefined)
    if (wrong !== undefined) {
      usage(call, 'seq [-w] [-s SEP] [FIRST [INC]] LAST')
      return 1
    }
    const last = numbers.at(-1)!
    const first = numbers.length > 1 ? numbers[0]! : 1
    const step = numbers.length > 2 ? numbers[1]! : 1
    const count = step === 0 ? Number.POSITIVE_INFINITY : Math.floor((last - first) / step + 1e-9) + 1
    const places = Math.max(...words.slice(0, -1).map(decimals), 0)
    const shown = (index: number) => (first + index * step).toFixed(places)
    const widest = Math.max(shown(0).length, shown(Math.max(0, count - 1)).length)
    const separator = call.value('s') ?? '\n'
    const end = Math.min(count, call.data.next + LINES_A_STEP)
    let text = ''
    for (let index = call.data.next; index < end; index++) {
      const number = shown(index)
      const padded = number.startsWith('-')
        ? `-${number.slice(1).padStart(widest - 1, '0')}`
        : number.padStart(widest, '0')
      text += (index > 0 ? separator : '') + (call.has('w') ? padded : number)
    }
    call.data.next = end
    if (end >= count) {
      call.out(count > 0 ? `${text}\n` : '')
      return 0
    }
    call.out(text)
    call.pause({ type: 'run' })
    return undefined
  },
})
