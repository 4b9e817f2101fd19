import type { Call } from './call.ts'
import { filter } from './filter.ts'

interface Head {
  /** How many lines or bytes each input may give. */
  limit: number
  bytes: boolean
  left: number
  heads: number
}

/** `5`, `5k`, `5M`; undefined: no number. */
export function parseCount(word: string): number | undefined {
  const [, digits, unit] = /^(\d+)([bkKmMgG]?)$/.exec(word) ?? []
  const scale = { '': 1, b: 512, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit?.toLowerCase() ?? '']
  return digits === undefined || scale === undefined ? undefined : Number(digits) * scale
}

function take(call: Call<Head>, bytes: Uint8Array): void {
  const { data } = call
  if (data.bytes) {
    call.out(bytes.slice(0, data.left))
    data.left -= Math.min(data.left, bytes.length)
    return
  }
  let end = 0
  while (data.left > 0 && end < bytes.length) {
    const newline = bytes.indexOf(10, end)
    if (newline < 0) {
      end = bytes.length
      break
    }
    end = newline + 1
    data.left--
  }
  call.out(bytes.slice(0, end))
}

export const head = filter<Head>({
  name: 'head',
  short: 'n:c:qv',
  number: 'n',
  usage: 'head [OPTIONS] [FILE]...',
  data: () => ({ limit: 10, bytes: false, left: 0, heads: 0 }),
  start(call) {
    const word = call.value('c') ?? call.value('n')
    const limit = word === undefined ? 10 : parseCount(word)
    if (limit === undefined) {
      call.fail(`invalid number '${word}'`)
      return 1
    }
    Object.assign(call.data, { limit, bytes: call.has('c') })
  },
  open(call, name) {
    call.data.left = call.data.limit
    const titles = call.has('v') || (call.operands.length > 1 && !call.has('q'))
    if (titles) call.out(`${call.data.heads++ > 0 ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`)
    if (call.data.limit === 0 && call.operands.length <= 1) call.finish()
  },
  chunk(call, bytes) {
    if (call.data.left > 0) take(call, bytes)
    // A pipe's writer shall see that nobody reads on.
    if (call.data.left === 0 && call.operands.length <= 1) call.finish()
  },
})
