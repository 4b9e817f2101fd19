import { copyTree } from './copy.ts'
import { pairs } from './destination.ts'
import { tool, usage } from './tool.ts'

const USAGE = 'cp [-arPLHpfinlsTu] SOURCE DEST'

export const cp = tool({
  name: 'cp',
  short: 'arRPLHpfinlsTudt:',
  long: { archive: 'a', recursive: 'r', force: 'f', preserve: 'p', 'no-dereference': 'P', dereference: 'L' },
  run(call) {
    if (call.operands.length < (call.has('t') ? 1 : 2)) {
      usage(call, USAGE)
      return 1
    }
    const options = {
      recursive: call.has('r') || call.has('R') || call.has('a'),
      preserve: call.has('p') || call.has('a'),
      follow: call.has('L') || !(call.has('a') || call.has('P') || call.has('d') || call.has('r') || call.has('R')),
      force: call.has('f'),
    }
    for (const [from, to] of pairs(call, { bare: call.has('T') }) ?? []) {
      if (call.has('n') && call.files.lookup(to, call.there)) continue
      copyTree(call, from, to, options)
    }
  },
})
