import type { Call } from './call.ts'
import { gather } from './gather.ts'
import { linesOf } from './lines.ts'

/** In an order that the machine's seed gives. */
function shuffled<Data>({ kernel }: Call<Data>, items: readonly string[]): string[] {
  const list = [...items]
  for (let at = list.length - 1; at > 0; at--) {
    const other = kernel.nextRandom() % (at + 1)
    ;[list[at], list[other]] = [list[other]!, list[at]!]
  }
  return list
}

export const shuf = gather({
  name: 'shuf',
  short: 'ei:n:o:z',
  usage: 'shuf [-n NUM] [-o FILE] [-z] [FILE | -e [ARG...] | -i L-H]',
  inputs: (call) => (call.has('e') || call.has('i') ? [] : [call.operands[0] ?? '-']),
  done(call, [bytes]) {
    const range = /^(\d+)-(\d+)$/.exec(call.value('i') ?? '')
    const from = Number(range?.[1])
    const items = range
      ? Array.from({ length: Math.max(0, Number(range[2]) - from + 1) }, (_, index) => String(from + index))
      : call.has('e')
        ? call.operands
        : bytes
          ? linesOf(bytes)
          : []
    const count = Number(call.value('n') ?? items.length)
    const end = call.has('z') ? '\0' : '\n'
    const text = shuffled(call, items)
      .slice(0, count)
      .map((item) => item + end)
      .join('')
    const target = call.value('o')
    if (target === undefined) call.out(text)
    else call.attempt(() => call.files.writeFile(call.caller, target, text, 0o666, call.here))
    return undefined
  },
})
