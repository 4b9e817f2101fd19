import { unescapeText } from './escapes.ts'

/** What echo(1) prints: `-n` leaves the newline out, `-e` takes escapes. */
export function echoText(args: readonly string[]): string {
  let newline = true
  let escapes = false
  let at = 0
  for (; /^-[neE]+$/.test(args[at] ?? ''); at++) {
    if (args[at]!.includes('n')) newline = false
    for (const letter of args[at]!) escapes = letter === 'e' || (escapes && letter !== 'E')
  }
  const plain = args.slice(at).join(' ')
  if (!escapes) return newline ? `${plain}\n` : plain
  const { text, stopped } = unescapeText(plain)
  return newline && !stopped ? `${text}\n` : text
}
