import { SIGNALS } from '../kernel/signals.ts'
import { filter } from './filter.ts'

interface Tee {
  fds: number[]
}

export const tee = filter<Tee>({
  name: 'tee',
  short: 'ai',
  long: { append: 'a', 'ignore-interrupts': 'i' },
  usage: 'tee [-ai] [FILE]...',
  data: () => ({ fds: [] }),
  inputs: () => ['-'],
  start(call) {
    const { kernel, process } = call
    if (call.has('i')) process.ignored.add(SIGNALS.INT)
    for (const path of call.operands) {
      const file = path === '-' ? undefined : call.attempt(() => kernel.open(process, path, call.has('a') ? 'a' : 'w'))
      if (file) call.data.fds.push(kernel.addfd(process, file, 3))
    }
    return undefined
  },
  chunk(call, bytes) {
    for (const fd of call.data.fds) call.attempt(() => call.kernel.write(call.process, fd, bytes))
    call.out(bytes)
  },
})
