import { parseDate } from './date-text.ts'
import { tool, usage } from './tool.ts'

export const touch = tool({
  name: 'touch',
  short: 'cd:t:r:ham',
  long: { 'no-create': 'c', 'date:': 'd', 'reference:': 'r' },
  run(call) {
    const { files, caller, here, kernel } = call
    if (call.operands.length === 0) {
      usage(call, 'touch [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...')
      return 1
    }
    const word = call.value('d') ?? call.value('t')
    const reference = call.value('r')
    const like = reference === undefined ? undefined : call.attempt(() => files.stat(caller, reference, here))
    if (reference !== undefined && !like) return
    const at = word === undefined ? undefined : parseDate(word, kernel.now)
    if (word !== undefined && at === undefined) return void call.fail(`invalid date '${word}'`)
    const mtime = like?.mtime ?? (at === undefined ? kernel.time : BigInt(Math.round(at)) * 1000n)
    const atime = like?.atime ?? mtime
    for (const path of call.operands) {
      if (!files.lookup(path, here)) {
        if (call.has('c')) continue
        if (
          call.attempt(
            () => (files.release(files.open(caller, path, { ...here, create: true, write: true })), true),
          ) === undefined
        )
          continue
      }
      const { atime: oldAtime, mtime: oldMtime } = files.stat(caller, path, here)
      const only = (letter: string, other: string) => call.has(letter) && !call.has(other)
      call.attempt(() =>
        files.utimes(caller, path, only('m', 'a') ? oldAtime : atime, only('a', 'm') ? oldMtime : mtime, here),
      )
    }
  },
})
