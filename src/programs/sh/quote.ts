import { KEYWORDS } from './read/tokens.ts'

/** In single quotes, a single quote itself in double ones. */
export const singleQuote = (text: string): string =>
  text === ''
    ? "''"
    : text
        .split(/('+)/)
        .map((piece) => (piece === '' ? '' : piece.startsWith("'") ? `"${piece}"` : `'${piece}'`))
        .join('')

/** Single quotes only where the text would not stand for itself: as `set -x` shows words. */
export const quoteIfNeeded = (text: string): string =>
  /^[+,\-./0-9:@A-Z\]^_a-z]*$/.test(text) && !KEYWORDS.has(text) ? text : singleQuote(text)
