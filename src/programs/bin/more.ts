import { filter } from './filter.ts'

/** Nobody turns pages here: all of it is shown. */
const pager = (name: string, line: string) =>
  filter({
    name,
    short: 'EFIMmNSRh~',
    usage: line,
    cannotOpen: (path, why) => `can't open '${path}': ${why}`,
    chunk: (call, bytes) => call.out(bytes),
  })

export const more = pager('more', 'more [FILE]...')
export const less = pager('less', 'less [-EFIMmNSRh~] [FILE]...')

const lineEnds = (name: string, change: (line: string) => string) =>
  filter({
    name,
    short: 'ud',
    usage: `${name} [-ud] [FILE]`,
    line: (call, line, ended) => call.out(change(line) + (ended ? '\n' : '')),
  })

export const dos2unix = lineEnds('dos2unix', (line) => line.replace(/\r$/, ''))
export const unix2dos = lineEnds('unix2dos', (line) => `${line.replace(/\r$/, '')}\r`)
