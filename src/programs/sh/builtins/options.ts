import { Failure } from '../failure.ts'

/** The options of a built-in, each with its value if it takes one, and the operands behind them. */
export interface Parsed {
  readonly options: ReadonlyMap<string, string>
  readonly operands: readonly string[]
}

/** As getopt, in ash's words. A colon in `known` follows a letter that takes a value. */
export function parseOptions(argv: readonly string[], known: string): Parsed {
  const options = new Map<string, string>()
  let at = 1
  for (; at < argv.length; at++) {
    const arg = argv[at]!
    if (arg === '--') {
      at++
      break
    }
    if (!arg.startsWith('-') || arg === '-') break
    for (let index = 1; index < arg.length; index++) {
      const letter = arg[index]!
      const place = letter === ':' ? -1 : known.indexOf(letter)
      if (place < 0) throw new Failure(`illegal option -${letter}`)
      if (known[place + 1] !== ':') {
        options.set(letter, '')
        continue
      }
      const value = arg.slice(index + 1) || argv[++at]
      if (value === undefined) throw new Failure(`-${letter} requires an argument`)
      options.set(letter, value)
      break
    }
  }
  return { options, operands: argv.slice(at) }
}

/** A number that is not negative. */
export function number(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 0x7fffffff) throw new Failure(`Illegal number: ${text}`)
  return Number(text)
}
