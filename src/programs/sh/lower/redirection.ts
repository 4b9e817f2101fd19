import type { HereDoc, Redirection as ParsedRedirection } from 'unbash'
import type { Part, Redirection, Word } from '../tree.ts'
import { quotedText } from './literal.ts'
import { HEREDOC, lowerParts, lowerText, lowerWord, word } from './word.ts'

const INPUT: ReadonlySet<string> = new Set(['<', '<>', '<&'])

export function lowerRedirections(redirections: readonly ParsedRedirection[]): readonly Redirection[] {
  return redirections.flatMap((redirection) => lowerRedirection(redirection) ?? [])
}

function lowerRedirection(redirection: ParsedRedirection): Redirection | undefined {
  const given = redirection.descriptor?.type === 'FileDescriptor' ? redirection.descriptor.value : undefined
  if (redirection.type === 'HereDoc') return { operator: 'here', fd: given ?? 0, target: lowerDocument(redirection) }
  const { target } = redirection
  if (redirection.type === 'HereString' || !target) return undefined
  const operator = redirection.operator === '&>>' ? '&>' : redirection.operator
  return { operator, fd: given ?? (INPUT.has(operator) ? 0 : 1), target: lowerWord(target) }
}

function lowerDocument({ body, delimiter, operator }: HereDoc): Word {
  const strip = operator === '<<-'
  if (delimiter?.quoted) return word([quotedText(strip ? body.text.replace(/^\t+/gm, '') : body.text)])
  if (!strip) return body.parts ? word(lowerParts(body.parts, HEREDOC)) : lowerText(body.text)
  return word(
    body.parts ? stripTabs(lowerParts(body.parts, HEREDOC)) : lowerText(body.text.replace(/^\t+/gm, '')).parts,
  )
}

/** Takes the tabs away at the beginnings of lines, but not those that an expansion brings. */
function stripTabs(parts: readonly Part[]): readonly Part[] {
  let lineStart = true
  return parts.map((part) => {
    if (part.type !== 'text') {
      lineStart = false
      return part
    }
    const value = part.value.replace(lineStart ? /^\t+/gm : /(?<=\n)\t+/g, '')
    lineStart = part.value.endsWith('\n')
    return quotedText(value)
  })
}
