import { filter } from './filter.ts'

export const tac = filter<{ lines: string[] }>({
  name: 'tac',
  short: '',
  usage: 'tac [FILE]...',
  keeps: true,
  data: () => ({ lines: [] }),
  line: (call, line, ended) => void call.data.lines.push(ended ? `${line}\n` : line),
  end: (call) => call.out(call.data.lines.reverse().join('')),
})
