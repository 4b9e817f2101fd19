import { isDirectory } from '../../storage/inode.ts'
import type { Call } from './call.ts'
import { baseName, joined } from './paths.ts'
import { tool, usage } from './tool.ts'

const cannot = (path: string, why: string) => `can't remove '${path}': ${why}`

/** Whether all of it is gone. */
function remove(call: Call<undefined>, path: string): boolean {
  const { files, caller, there } = call
  const node = files.lookup(path, there)
  if (!node) {
    if (!call.has('f')) call.fail(`can't remove '${path}': No such file or directory`)
    return call.has('f')
  }
  if (!isDirectory(node)) return call.attempt(() => (files.unlink(caller, path, there), true), cannot, path) ?? false
  if (!call.has('r')) {
    call.fail(`'${path}' is a directory`)
    return false
  }
  const names = call.attempt(() => files.readdir(caller, path, there), cannot, path) ?? []
  const emptied = names.map((name) => remove(call, joined(path, name))).every(Boolean)
  return emptied && (call.attempt(() => (files.rmdir(caller, path, there), true), cannot, path) ?? false)
}

export const rm = tool({
  name: 'rm',
  short: 'irRf',
  long: { recursive: 'r', force: 'f' },
  run(call) {
    if (call.has('R')) (call.frame.args.flags as Set<string>).add('r')
    if (call.operands.length === 0 && !call.has('f')) {
      usage(call, 'rm [-irf] FILE...')
      return 1
    }
    for (const path of call.operands) {
      if (['.', '..'].includes(baseName(path))) call.fail(`can't remove '.' or '..'`)
      else remove(call, path)
    }
  },
})
