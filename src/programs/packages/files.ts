import { FileError } from '../../storage/file-error.ts'
import { type Inode, isDirectory } from '../../storage/inode.ts'
import { baseName } from '../catalog.ts'
import { marker } from '../marker.ts'
import { decode } from '../text/codec.ts'
import type { Asking } from './asking.ts'
import type { Named } from './package.ts'

/** A file's text; nothing where there is none. */
export function textAt(call: Asking, path: string): string | undefined {
  try {
    return decode(call.files.readFile(call.caller, path, call.here))
  } catch (error) {
    if (error instanceof FileError) return undefined
    throw error
  }
}

export const linesAt = (call: Asking, path: string): string[] =>
  (textAt(call, path) ?? '').split('\n').filter((line) => line !== '')

/** Writes a file and the directories above it. */
export function put(call: Asking, path: string, text: string, mode = 0o644): void {
  const above = path.slice(0, path.lastIndexOf('/'))
  if (above !== '') call.files.mkdirp(call.caller, above, 0o755, call.here)
  call.files.writeFile(call.caller, path, text, mode, call.here)
}

function nodeAt({ files, caller, here }: Asking, path: string): Inode | undefined {
  try {
    return files.resolve(path, { ...here, follow: false }, caller).node
  } catch (error) {
    if (error instanceof FileError) return undefined
    throw error
  }
}

/** Takes a file or a whole tree away; nothing happens where there is none. */
export function takeAway(call: Asking, path: string): void {
  const { files, caller, here } = call
  const node = nodeAt(call, path)
  if (!node) return
  if (!isDirectory(node)) return files.unlink(caller, path, here)
  for (const name of files.readdir(caller, path, here)) takeAway(call, `${path}/${name}`)
  files.rmdir(caller, path, here)
}

/** The files of a package: paths, as they were written. */
export function install(call: Asking, { name, version, bin, files }: Named): readonly string[] {
  for (const [path, text] of Object.entries(files)) put(call, path, text)
  for (const [path, program] of Object.entries(bin)) {
    const known = call.kernel.catalog.get(program) !== undefined
    // What is there already may be the real thing.
    if (!known && textAt(call, path) !== undefined) continue
    // Not through a link to busybox.
    takeAway(call, path)
    put(call, path, known ? marker(program) : nothingBehind(baseName(path), name, version), 0o755)
  }
  return [...Object.keys(files), ...Object.keys(bin)]
}

export function uninstall(call: Asking, paths: readonly string[]): void {
  for (const path of paths) takeAway(call, path)
}

/** The world has no program of this name: it tells its version, and fails loudly at everything else. */
const nothingBehind = (command: string, name: string, version: string) => `#!/bin/sh
# ${name} ${version}
case "$1" in
--version | -version | -V | -v | version) echo '${command} version ${version.replace(/-.*$/, '')}' ;;
*)
  echo "${command}: no program of this world stands behind $0; tank.program('$0', …) gives it one" >&2
  exit 127
  ;;
esac
`
