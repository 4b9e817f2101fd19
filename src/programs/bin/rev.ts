import { filter } from './filter.ts'

export const rev = filter({
  name: 'rev',
  short: '',
  usage: 'rev [FILE]...',
  line: (call, line, ended) => call.out(`${[...line].reverse().join('')}${ended ? '\n' : ''}`),
})
