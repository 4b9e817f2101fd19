import { dirName } from './paths.ts'
import { tool, usage } from './tool.ts'

export const rmdir = tool({
  name: 'rmdir',
  short: 'p',
  long: { 'ignore-fail-on-non-empty': '' },
  run(call) {
    const { files, caller, here } = call
    if (call.operands.length === 0) {
      usage(call, 'rmdir [-p] DIRECTORY...')
      return 1
    }
    for (const operand of call.operands)
      for (let path = operand; ; path = dirName(path)) {
        const removed = call.attempt(
          () => (files.rmdir(caller, path, here), true),
          (name, why) => `'${name}': ${why}`,
          path,
        )
        if (!removed || !call.has('p') || !path.includes('/') || dirName(path) === '/') break
      }
  },
})
