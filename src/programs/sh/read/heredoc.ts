import type { Reader } from './reader.ts'

/** Skips the bodies of the here-documents whose operators stood on the line that just ended. */
export function readHeredocs(reader: Reader): void {
  for (const { delimiter, stripTabs } of reader.heredocs.splice(0)) skipBody(reader, delimiter, stripTabs)
}

function skipBody(reader: Reader, delimiter: string, stripTabs: boolean): void {
  for (;;) {
    if (reader.pos >= reader.text.length) {
      reader.hitEnd = true
      return
    }
    const newline = reader.text.indexOf('\n', reader.pos)
    const end = newline < 0 ? reader.text.length : newline
    const line = reader.text.slice(reader.pos, end)
    reader.pos = newline < 0 ? end : end + 1
    if ((stripTabs ? line.replace(/^\t+/, '') : line) === delimiter) return
  }
}

/** The delimiter without its quotes. */
export const unquoteDelimiter = (word: string): string =>
  word.replace(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g, (_, single, double, escaped) =>
    escaped !== undefined ? escaped : (single ?? double.replace(/\\([$`"\\])/g, '$1')),
  )
