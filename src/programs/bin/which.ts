import { EXECUTE } from '../../storage/caller.ts'
import { DEFAULT_PATH } from '../find-executable.ts'
import type { Call } from './call.ts'
import { tool, usage } from './tool.ts'

function runs({ kernel, process }: Call<undefined>, path: string): boolean {
  try {
    return (kernel.stat(process, path).mode & 0o170000) === 0o100000 && kernel.access(process, path, EXECUTE)
  } catch {
    return false
  }
}

export const which = tool({
  name: 'which',
  short: 'a',
  usage: 'which [-a] COMMAND...',
  run(call) {
    if (call.operands.length === 0) {
      usage(call, 'which [-a] COMMAND...')
      return 1
    }
    const places = (call.process.env.get('PATH') ?? DEFAULT_PATH).split(':')
    let code = 0
    for (const name of call.operands) {
      const candidates = name.includes('/') ? [name] : places.map((place) => `${place || '.'}/${name}`)
      const found = candidates.filter((path) => runs(call, path))
      if (found.length === 0) code = 1
      for (const path of call.has('a') ? found : found.slice(0, 1)) call.out(`${path}\n`)
    }
    return code
  },
})
