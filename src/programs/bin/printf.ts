import { printf as format } from '../text/printf.ts'
import { tool } from './tool.ts'

export const printf = tool({
  name: 'printf',
  short: '',
  run(call) {
    const words = call.process.argv.slice(1)
    if (words[0] === '--') words.shift()
    const [template, ...args] = words
    if (template === undefined) {
      call.fail('usage: printf FORMAT [ARGUMENT...]')
      return 1
    }
    const { pieces, failed } = format(template, args)
    for (const piece of pieces) {
      if (typeof piece === 'string') call.out(piece)
      else call.fail(piece.complaint)
    }
    return failed ? 1 : 0
  },
})
