import { echoText } from '../text/echo.ts'
import { tool } from './tool.ts'

export const echo = tool({
  name: 'echo',
  short: '',
  raw: true,
  run: (call) => call.out(echoText(call.process.argv.slice(1))),
})
