import { utf8 } from '../kernel/bytes.ts'
import { exit, type Program } from '../kernel/program.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** What echo prints, and the words after its own options; `\c` ends the output. */
export function echoed(words: readonly string[]): string {
  let at = 0
  let newline = true
  let escapes = false
  for (; /^-[neE]+$/.test(words[at] ?? ''); at++)
    for (const letter of words[at]!.slice(1)) {
      if (letter === 'n') newline = false
      else escapes = letter === 'e'
    }
  const text = words.slice(at).join(' ')
  if (!escapes) return newline ? `${text}\n` : text
  const [shown, cut] = unescaped(text)
  return newline && !cut ? `${shown}\n` : shown
}

/** Backslash escapes of `echo -e`; the flag says that `\c` cut the rest off. */
export function unescaped(text: string): [string, boolean] {
  let cut = false
  const shown = text.replace(/\\(c[\s\S]*|0[0-7]{0,3}|x[0-9a-fA-F]{1,2}|.)/g, (whole, code: string) => {
    if (code[0] === 'c') {
      cut = true
      return ''
    }
    if (code[0] === '0') return String.fromCharCode(Number.parseInt(code, 8) & 255)
    if (code[0] === 'x' && code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return ESCAPES[code] ?? whole
  })
  return [shown, cut]
}

export const echo: Program<{ readonly out: Uint8Array[] }> = {
  name: 'echo',
  init: (process) => ({ out: [utf8(echoed(process.argv.slice(1)))] }),
  step(kernel, process, { out }) {
    const [bytes] = out
    if (!bytes || bytes.length === 0) return exit(0)
    const taken = kernel.write(process, 1, bytes)
    if (taken < 0) return exit(1)
    out[0] = bytes.subarray(taken)
    return taken === 0 ? { type: 'write', fd: 1 } : { type: 'run' }
  },
}
