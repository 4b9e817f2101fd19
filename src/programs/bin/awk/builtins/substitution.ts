import { regularExpression } from '../../../text/regular-expression.ts'
import { toText } from '../machine/values.ts'
import { readField } from '../record/fields.ts'
import type { Arguments, Builtins, Results } from './arguments.ts'

export const SUBSTITUTION: Builtins = {
  sub: (args) => replaced(args, false),
  gsub: (args) => replaced(args, true),
  gensub,
}

/** The new text, and how often; without a match there is no new text. */
function replaced(args: Arguments, all: boolean): Results {
  const { text, count } = substitute(args.text(2), args.text(0), all ? ALL : (number) => number === 1, (found) =>
    args.text(1).replace(/\\\\&|\\&|&/g, (mark) => (mark === '&' ? found[0] : mark === '\\&' ? '&' : `\\${found[0]}`)),
  )
  return [count > 0 ? text : undefined, count]
}

/** `\1` stands for a group; which matches to replace is a number, or a word that begins with `g`. */
function gensub(args: Arguments): string {
  const target = args.count > 3 ? args.text(3) : toText(readField(args.awk, 0), args.format)
  const which = Math.max(1, Math.trunc(args.number(2)))
  const chosen = /^g/i.test(args.text(2)) ? ALL : (number: number) => number === which
  const by = (found: RegExpExecArray) =>
    args.text(1).replace(/\\([0-9])|\\([\s\S])|&/g, (mark, group: string | undefined, letter: string | undefined) => {
      if (group !== undefined) return found[Number(group)] ?? ''
      return letter ?? (mark === '&' ? found[0] : mark)
    })
  return substitute(target, args.text(0), chosen, by).text
}

const ALL = () => true

/** An empty match right behind a match counts too. */
function substitute(
  text: string,
  source: string,
  chosen: (number: number) => boolean,
  by: (found: RegExpExecArray) => string,
): { text: string; count: number } {
  const pattern = regularExpression(source, { extended: true, global: true })
  let [result, from, number, count] = ['', 0, 0, 0]
  for (let at = 0; at <= text.length; ) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) break
    const end = found.index + found[0].length
    if (chosen(++number)) {
      result += text.slice(from, found.index) + by(found)
      from = end
      count++
    }
    at = found[0] === '' ? end + 1 : end
  }
  return { text: result + text.slice(from), count }
}
