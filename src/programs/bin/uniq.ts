import type { Call } from './call.ts'
import { filter } from './filter.ts'

interface Uniq {
  last: string | undefined
  count: number
}

function keyOf(call: Call<Uniq>, line: string): string {
  const fields = Number(call.value('f') ?? 0)
  const chars = Number(call.value('s') ?? 0)
  let key = line
  for (let left = fields; left > 0; left--) key = key.replace(/^\s*\S*/, '')
  key = key.slice(chars)
  const width = call.value('w')
  if (width !== undefined) key = key.slice(0, Number(width))
  return call.has('i') ? key.toLowerCase() : key
}

function flush(call: Call<Uniq>): void {
  const { last, count } = call.data
  if (last === undefined || (call.has('d') && count < 2) || (call.has('u') && count > 1)) return
  call.out(`${call.has('c') ? `${String(count).padStart(7)} ` : ''}${last}\n`)
}

export const uniq = filter<Uniq>({
  name: 'uniq',
  short: 'cduiz:f:s:w:',
  usage: 'uniq [-cduiz] [-f,s,w N] [FILE [OUTFILE]]',
  data: () => ({ last: undefined, count: 0 }),
  start(call) {
    const target = call.operands[1]
    if (target === undefined || target === '-') return undefined
    const file = call.attempt(() => call.kernel.open(call.process, target, 'w'))
    if (!file) return 1
    call.kernel.setfd(call.process, 1, file)
    return undefined
  },
  inputs: ({ operands }) => [operands[0] ?? '-'],
  line(call, line) {
    const { data } = call
    if (data.last !== undefined && keyOf(call, line) === keyOf(call, data.last)) {
      data.count++
      return
    }
    flush(call)
    Object.assign(data, { last: line, count: 1 })
  },
  end: flush,
})
