import { isSymlink } from '../../storage/inode.ts'
import type { Call } from './call.ts'
import { tool, usage } from './tool.ts'

function canonical(call: Call<undefined>, path: string, missing: boolean): string | undefined {
  const { files, caller, here } = call
  try {
    const spot = files.resolve(path, here, caller)
    if (spot.at) return files.pathOf(spot.at)
    if (!missing) return undefined
    const above = files.pathOf(spot.parent)
    return `${above === '/' ? '' : above}/${spot.name}`
  } catch {
    return undefined
  }
}

export const readlink = tool({
  name: 'readlink',
  short: 'fnvesmqz',
  run(call) {
    if (call.operands.length === 0) {
      usage(call, 'readlink [-fnv] FILE')
      return 1
    }
    for (const path of call.operands) {
      const node = call.files.lookup(path, call.there)
      const target =
        call.has('f') || call.has('e') || call.has('m')
          ? canonical(call, path, !call.has('e'))
          : node && isSymlink(node)
            ? node.target
            : undefined
      if (target === undefined) return 1
      call.out(call.has('n') ? target : `${target}\n`)
    }
  },
})

export const realpath = tool({
  name: 'realpath',
  short: '',
  run(call) {
    for (const path of call.operands.length > 0 ? call.operands : ['.']) {
      const target = canonical(call, path, false)
      if (target === undefined) call.fail(`${path}: No such file or directory`)
      else call.out(`${target}\n`)
    }
  },
})
