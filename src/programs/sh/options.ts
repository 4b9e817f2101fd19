/** The options of `set -o`, in the order in which it lists them, and their letters. */
const OPTIONS: readonly (readonly [name: string, letter: string])[] = [
  ['errexit', 'e'],
  ['noglob', 'f'],
  ['ignoreeof', 'I'],
  ['monitor', 'm'],
  ['noexec', 'n'],
  ['xtrace', 'x'],
  ['verbose', 'v'],
  ['noclobber', 'C'],
  ['allexport', 'a'],
  ['notify', 'b'],
  ['nounset', 'u'],
  ['errtrace', 'E'],
  ['vi', ''],
  ['pipefail', ''],
]

export const OPTION_NAMES: readonly string[] = OPTIONS.map(([name]) => name)
export const OPTION_LETTERS: readonly string[] = OPTIONS.map(([, letter]) => letter).filter((letter) => letter !== '')

/** Under which key the shell keeps an option: its letter, or its name when it has none. */
export const optionKey = (name: string): string => OPTIONS.find(([known]) => known === name)?.[1] || name
