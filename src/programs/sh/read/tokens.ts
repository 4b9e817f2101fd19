/** Token names are the words that ash says in its syntax errors. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  '!',
  'case',
  'do',
  'done',
  'elif',
  'else',
  'esac',
  'fi',
  'for',
  'function',
  'if',
  'in',
  'then',
  'until',
  'while',
  '{',
  '}',
])

/** Tokens that end a list. */
export const LIST_ENDS: ReadonlySet<string> = new Set([
  'end of file',
  ')',
  ';;',
  'do',
  'done',
  'elif',
  'else',
  'esac',
  'fi',
  'then',
  '}',
])

const PLAIN: ReadonlySet<string> = new Set(['end of file', 'newline', 'redirection', 'word'])

export const spoken = (token: string): string => (PLAIN.has(token) ? token : `"${token}"`)

/** Words with a meaning for bash only: the parser behind shall see ordinary words. */
export const BASH_ONLY: ReadonlySet<string> = new Set(['[[', 'time', 'select', 'coproc'])

export const isNameStart = (char: string | undefined): boolean => char !== undefined && /[A-Za-z_]/.test(char)
export const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9'
export const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
export const isSpecial = (char: string | undefined): boolean => char !== undefined && '@*#?-$!'.includes(char)
