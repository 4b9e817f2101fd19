/** Options and operands as getopt reads them: `n:` takes a value, `--` ends the options. */
export interface Arguments {
  readonly flags: ReadonlySet<string>
  /** The last value of an option that takes one. */
  readonly values: ReadonlyMap<string, string>
  /** Every value of an option that may be given several times (`-e a -e b`). */
  readonly all: ReadonlyMap<string, readonly string[]>
  readonly operands: readonly string[]
}

export type ParsedArguments = Arguments | { readonly wrong: string }

export interface OptionRules {
  /** Short options, as for getopt: `ab:c`; two colons: the value is optional and stands in the same word. */
  readonly short: string
  /** Long options and the short ones that they stand for; without one they go by their own name; `name:` takes a value. */
  readonly long?: Readonly<Record<string, string>>
  /** Operands may stand before options, as GNU and busybox allow; `env` and `timeout` stop at the first one. */
  readonly mixed?: boolean
  /** All words are operands: the program reads them itself. */
  readonly raw?: boolean
  /** Another way to write the command line, brought into the usual form. */
  readonly words?: (words: readonly string[]) => readonly string[]
  /** `-5` is the value of this option: `head -5`. */
  readonly number?: string
}

/** `wrong`: the words of getopt for what it does not know, without the program's name. */
export function parseArguments(argv: readonly string[], rules: OptionRules): ParsedArguments {
  if (rules.raw) return { flags: new Set(), values: new Map(), all: new Map(), operands: argv }
  if (rules.words) argv = rules.words(argv)
  const { wrong, flags, values, all, operands } = new Reader(argv, rules)
  return wrong === undefined ? { flags, values, all, operands } : { wrong }
}

class Reader implements Arguments {
  readonly flags = new Set<string>()
  readonly values = new Map<string, string>()
  readonly all = new Map<string, string[]>()
  readonly operands: string[] = []
  wrong: string | undefined
  readonly #argv: readonly string[]
  readonly #rules: OptionRules
  #at = 0

  constructor(argv: readonly string[], rules: OptionRules) {
    this.#argv = argv
    this.#rules = rules
    while (this.#at < argv.length && this.wrong === undefined) this.#next(argv[this.#at++]!)
  }

  #next(word: string): void {
    const { number, mixed = true } = this.#rules
    if (word === '--') this.#rest()
    else if (word.startsWith('--')) this.#long(word.slice(2))
    else if (number && /^-\d+$/.test(word)) this.#take(number, word.slice(1))
    else if (word.startsWith('-') && word.length > 1) this.#short(word.slice(1))
    else {
      this.operands.push(word)
      if (!mixed) this.#rest()
    }
  }

  #rest(): void {
    this.operands.push(...this.#argv.slice(this.#at))
    this.#at = this.#argv.length
  }

  #short(letters: string): void {
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i]!
      const known = this.#rules.short.indexOf(letter)
      if (known < 0 || letter === ':') {
        this.wrong = `invalid option -- '${letter}'`
        return
      }
      if (this.#rules.short[known + 1] !== ':') {
        this.flags.add(letter)
        continue
      }
      const optional = this.#rules.short[known + 2] === ':'
      if (optional && letters.slice(i + 1) === '') {
        this.flags.add(letter)
        return
      }
      const value = letters.slice(i + 1) || this.#argv[this.#at++]
      if (value === undefined) this.wrong = `option requires an argument -- '${letter}'`
      else this.#take(letter, value)
      return
    }
  }

  #long(word: string): void {
    const { long = {} } = this.#rules
    const equals = word.indexOf('=')
    const name = equals < 0 ? word : word.slice(0, equals)
    const takes = `${name}:` in long
    const meaning = takes ? long[`${name}:`] : long[name]
    if (meaning === undefined) this.wrong = `unrecognized option '--${word}'`
    else if (!takes) this.flags.add(meaning || name)
    else {
      const value = equals < 0 ? this.#argv[this.#at++] : word.slice(equals + 1)
      if (value === undefined) this.wrong = `option '--${name}' requires an argument`
      else this.#take(meaning || name, value)
    }
  }

  #take(option: string, value: string): void {
    this.flags.add(option)
    this.values.set(option, value)
    const all = this.all.get(option)
    if (all) all.push(value)
    else this.all.set(option, [value])
  }
}
