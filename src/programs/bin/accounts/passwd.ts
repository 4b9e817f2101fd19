import { tool } from '../tool.ts'

export const passwd = tool({
  name: 'passwd',
  short: 'a:dlu',
  usage: 'passwd [-a ALG] [-dlu] [USER]',
  run: (call) => call.fail('no changes made'),
})
