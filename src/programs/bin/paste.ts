import { escapeAt } from '../text/escapes.ts'
import { filter } from './filter.ts'

interface Paste {
  files: string[][]
}

function delimiters(text: string): string[] {
  const list: string[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\') list.push(text[at]!)
    else if (text[at + 1] === '0') {
      list.push('')
      at++
    } else {
      const found = escapeAt(text, at + 1)
      list.push(found.text)
      at += found.length
    }
  }
  return list.length > 0 ? list : ['']
}

const lace = (columns: readonly string[], between: readonly string[]): string =>
  columns.reduce((line, column, index) => line + between[(index - 1) % between.length]! + column)

export const paste = filter<Paste>({
  name: 'paste',
  short: 'sd:',
  usage: 'paste [-d LIST] [-s] [FILE]...',
  data: () => ({ files: [] }),
  open: (call) => void call.data.files.push([]),
  line: (call, line) => void call.data.files.at(-1)!.push(line),
  end(call) {
    const between = delimiters(call.value('d') ?? '\t')
    const { files } = call.data
    if (call.has('s')) {
      for (const lines of files) call.out(`${lines.length > 0 ? lace(lines, between) : ''}\n`)
      return
    }
    // `-` given several times shares standard input out in turns.
    const stdins = call.operands.filter((operand) => operand === '-').length
    const columns = stdins > 1 ? share(call.operands, files, stdins) : files
    const height = Math.max(0, ...columns.map(({ length }) => length))
    for (let row = 0; row < height; row++)
      call.out(
        `${lace(
          columns.map((lines) => lines[row] ?? ''),
          between,
        )}\n`,
      )
  },
})

function share(operands: readonly string[], files: readonly string[][], count: number): string[][] {
  const input = files[operands.indexOf('-')] ?? []
  let next = 0
  return operands.map((operand, index) => {
    if (operand !== '-') return files[index]!
    const mine = next++
    return input.filter((_, at) => at % count === mine)
  })
}
