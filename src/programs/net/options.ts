/** What getopt finds: each option's values in order (a flag has the value ''), and the words that are left. */
export interface Options {
  has(name: string): boolean
  /** The last value. */
  get(name: string): string | undefined
  all(name: string): readonly string[]
  readonly words: readonly string[]
  /** An option that is not known. */
  readonly unknown: string | undefined
}

/**
 * getopt_long. `short` is as getopt has it (`a:b` — a takes a value, b does not); `long` maps long names to short ones.
 */
export function parseOptions(
  args: readonly string[],
  short: string,
  long: Readonly<Record<string, string>> = {},
): Options {
  const found = new Map<string, string[]>()
  const words: string[] = []
  let unknown: string | undefined
  const takes = (name: string) => short[short.indexOf(name) + 1] === ':'
  const add = (name: string, value: string) => found.set(name, [...(found.get(name) ?? []), value])
  for (let at = 0; at < args.length; at++) {
    const argument = args[at]!
    if (argument === '--') {
      words.push(...args.slice(at + 1))
      break
    }
    if (argument.startsWith('--')) {
      const [, word = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? []
      const name = long[word]
      if (name === undefined) unknown ??= argument
      else add(name, takes(name) ? (value ?? args[++at] ?? '') : '')
    } else if (argument.startsWith('-') && argument !== '-') {
      for (let flag = 1; flag < argument.length; flag++) {
        const name = argument[flag]!
        if (!short.includes(name) || name === ':') unknown ??= `-${name}`
        else if (takes(name)) {
          add(name, argument.slice(flag + 1) || (args[++at] ?? ''))
          break
        } else add(name, '')
      }
    } else words.push(argument)
  }
  return {
    has: (name) => found.has(name),
    get: (name) => found.get(name)?.at(-1),
    all: (name) => found.get(name) ?? [],
    words,
    unknown,
  }
}
