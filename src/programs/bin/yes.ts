import { encode } from '../text/codec.ts'
import { tool } from './tool.ts'

/** Goes on until nobody reads. */
export const yes = tool({
  name: 'yes',
  short: '',
  run(call) {
    const line = `${call.process.argv.slice(1).join(' ') || 'y'}\n`
    call.out(encode(line.repeat(Math.max(1, Math.floor(4096 / line.length)))))
    call.pause({ type: 'run' })
  },
})
