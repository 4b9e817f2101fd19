import { tool } from './tool.ts'

export const pwd = tool({
  name: 'pwd',
  short: 'LP',
  usage: 'pwd',
  run: (call) => call.out(`${call.files.pathOf(call.process.cwd)}\n`),
})
