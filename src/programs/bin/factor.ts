import type { Call } from './call.ts'
import { tool } from './tool.ts'

interface Factor {
  left: string[]
  /** The number in hand, what is left of it, and the divisor that is tried next. */
  rest: bigint
  divisor: bigint
  begun: boolean
}

const TRIES_A_STEP = 64

function begin(call: Call<Factor>): boolean {
  const word = call.data.left.shift()
  if (word === undefined) return false
  if (!/^\d+$/.test(word)) {
    call.fail(`invalid number '${word}'`)
    return begin(call)
  }
  call.out(`${BigInt(word)}:`)
  Object.assign(call.data, { rest: BigInt(word), divisor: 2n })
  return true
}

export const factor = tool<Factor>({
  name: 'factor',
  short: '',
  usage: 'factor [NUMBER]...',
  data: () => ({ left: [], rest: 0n, divisor: 0n, begun: false }),
  run(call) {
    const { data } = call
    if (!data.begun) {
      data.begun = true
      data.left = [...call.operands]
      if (!begin(call)) return undefined
    }
    for (let budget = TRIES_A_STEP; budget > 0; budget--) {
      if (data.divisor * data.divisor > data.rest || data.rest < 2n) {
        call.out(`${data.rest > 1n ? ` ${data.rest}` : ''}\n`)
        if (!begin(call)) return undefined
      } else if (data.rest % data.divisor === 0n) {
        call.out(` ${data.divisor}`)
        data.rest /= data.divisor
      } else data.divisor += data.divisor === 2n ? 1n : 2n
    }
    call.pause({ type: 'run' })
    return undefined
  },
})
