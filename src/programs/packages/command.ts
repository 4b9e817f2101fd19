import type { Frame } from '../bin/call.ts'
import { exit, type Program } from '../kernel/program.ts'
import { Asking, frame, type Said } from './asking.ts'

/** A program that reads its own arguments and does its work at once. `run` gives the exit code; nothing: it has become another program. */
export function command(
  name: string,
  run: (call: Asking, args: readonly string[]) => number | undefined,
): Program<Frame<Said>> {
  return {
    name,
    init: frame,
    step(kernel, process, own) {
      const call = new Asking(kernel, process, own, name)
      const waits = call.flush()
      if (waits) return waits
      if (own.finished) return exit(own.code)
      const code = call.attempt(() => run(call, process.argv.slice(1)))
      if (call.paused) return call.paused
      call.finish(code ?? own.code)
      return { type: 'run' }
    },
  }
}

/** Options, wherever they stand, and the words between them. */
export interface Line {
  readonly has: (...names: string[]) => boolean
  readonly value: (...names: string[]) => string | undefined
  readonly words: readonly string[]
}

/** `valued`: options whose next word is their value. Short ones may stand together. */
export function parseLine(args: readonly string[], valued: readonly string[] = []): Line {
  const options = new Map<string, string>()
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!
    const [, long, given] = /^(--[^=]+|-\w(?==))(?:=([\s\S]*))?$/.exec(arg) ?? []
    if (arg === '--') {
      words.push(...args.slice(at + 1))
      break
    }
    if (long !== undefined) options.set(long, given ?? (valued.includes(long) ? (args[++at] ?? '') : ''))
    else if (/^-./.test(arg)) {
      const last = `-${arg.at(-1)}`
      for (const letter of arg.slice(1)) options.set(`-${letter}`, '')
      if (valued.includes(last)) options.set(last, args[++at] ?? '')
    } else words.push(arg)
  }
  return {
    has: (...names) => names.some((name) => options.has(name)),
    value: (...names) => names.map((name) => options.get(name)).find((value) => value !== undefined),
    words,
  }
}
