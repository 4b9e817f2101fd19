import { FileError } from '../../storage/file-error.ts'
import { isDirectory } from '../../storage/inode.ts'
import type { Call } from './call.ts'
import { copyTree } from './copy.ts'
import { pairs } from './destination.ts'
import { joined } from './paths.ts'
import { tool, usage } from './tool.ts'

function move(call: Call<undefined>, from: string, to: string): void {
  const { files, caller, there } = call
  try {
    files.rename(caller, from, to, there)
  } catch (error) {
    if (!(error instanceof FileError) || error.code !== 'EXDEV')
      return call.failWith(error, (path, why) => `can't rename '${path}': ${why}`, from)
    // Over the border of a file system a move is a copy.
    if (copyTree(call, from, to, { recursive: true, preserve: true, follow: false, force: true }))
      removeTree(call, from)
  }
}

function removeTree(call: Call<undefined>, path: string): void {
  const { files, caller, there } = call
  const node = files.lookup(path, there)
  if (!node) return
  if (!isDirectory(node)) return files.unlink(caller, path, there)
  for (const name of files.readdir(caller, path, there)) removeTree(call, joined(path, name))
  files.rmdir(caller, path, there)
}

export const mv = tool({
  name: 'mv',
  short: 'finTt:',
  long: { force: 'f', 'no-clobber': 'n' },
  run(call) {
    if (call.operands.length < (call.has('t') ? 1 : 2)) {
      usage(call, 'mv [-finT] SOURCE DEST')
      return 1
    }
    for (const [from, to] of pairs(call, { bare: call.has('T') }) ?? [])
      if (!call.has('n') || !call.files.lookup(to, call.there)) move(call, from, to)
  },
})
