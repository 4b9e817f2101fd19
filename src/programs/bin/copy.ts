import { FileError } from '../../storage/file-error.ts'
import { contents, type Inode, isDirectory, isFile, isSymlink } from '../../storage/inode.ts'
import type { Call } from './call.ts'
import { joined } from './paths.ts'

export interface CopyOptions {
  readonly recursive: boolean
  /** Owner, mode and times go along. */
  readonly preserve: boolean
  /** Symlinks are followed, also below the operands. */
  readonly follow: boolean
  readonly force: boolean
}

/** Copies `from` to exactly `to`; false when something could not be copied, and that was told. */
export function copyTree<Data>(call: Call<Data>, from: string, to: string, options: CopyOptions): boolean {
  const { files, caller, here, there } = call
  const node = files.lookup(from, options.follow ? here : there)
  if (!node) {
    call.fail(`can't stat '${from}': No such file or directory`)
    return false
  }
  if (isDirectory(node)) return copyDirectory(call, node, from, to, options)
  const cannot = (path: string, why: string) => `can't create '${path}': ${why}`
  const copied = call.attempt(
    () => {
      const target = files.lookup(to, here)
      if (
        target &&
        target.ino === node.ino &&
        files.fsIdOf(files.need(to, here)) === files.fsIdOf(files.need(from, here))
      ) {
        call.fail(`'${from}' and '${to}' are the same file`)
        return false
      }
      if (isSymlink(node)) {
        if (files.lookup(to, there)) files.unlink(caller, to, there)
        files.symlink(caller, node.target, to, there)
      } else if (isFile(node)) files.writeFile(caller, to, readable(call, from, node), node.mode & 0o777, here)
      else files.mknod(caller, to, node.mode, node.rdev, there)
      return true
    },
    cannot,
    to,
  )
  if (copied && options.preserve && !isSymlink(node)) preserve(call, node, to)
  return copied ?? false
}

function readable<Data>({ files, caller, here }: Call<Data>, path: string, node: Inode): Uint8Array {
  try {
    return files.readFile(caller, path, here)
  } catch (error) {
    if (error instanceof FileError && error.code === 'EINVAL') return contents(node)
    throw error
  }
}

function copyDirectory<Data>(call: Call<Data>, node: Inode, from: string, to: string, options: CopyOptions): boolean {
  const { files, caller, here } = call
  if (!options.recursive) {
    call.fail(`omitting directory '${from}'`)
    return false
  }
  const target = files.lookup(to, here)
  if (!target) {
    const made = call.attempt(
      () => (files.mkdir(caller, to, node.mode & 0o777, here), true),
      (path, why) => `can't create directory '${path}': ${why}`,
      to,
    )
    if (!made) return false
  } else if (!isDirectory(target)) {
    call.fail(`target '${to}' is not a directory`)
    return false
  }
  const names = call.attempt(() => files.readdir(caller, from, here)) ?? []
  const all = names.map((name) => copyTree(call, joined(from, name), joined(to, name), options)).every(Boolean)
  if (options.preserve) preserve(call, node, to)
  return all
}

function preserve<Data>(call: Call<Data>, node: Inode, to: string): void {
  const { files, caller, here } = call
  call.attempt(() => {
    if (caller.uid === 0) files.chown(caller, to, node.uid, node.gid, here)
    files.chmod(caller, to, node.mode & 0o7777, here)
    files.utimes(caller, to, node.atime, node.mtime, here)
  })
}
