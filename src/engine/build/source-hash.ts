import { sha256 } from '#sha256'
import type { FileSystem } from '../../storage/file-system.ts'
import { contents, isDirectory, isFile } from '../../storage/inode.ts'
import type { CopySource } from './copy-sources.ts'

/**
 * What the history and the cache know sources by: names, modes and contents; times do not count.
 * @example `file:bd17…`, `dir:…`, `multi:…`, or the bare hash of what a URL gave
 */
export function sourceHash(sources: readonly CopySource[]): string {
  const [first, ...others] = sources.map(hashOf)
  return others.length === 0 ? first! : `multi:${sha256([first, ...others].join(','))}`
}

function hashOf({ files, path, downloaded }: CopySource): string {
  const hash = sha256(...parts(files, `/${path}`, ''))
  if (downloaded) return hash
  return `${isDirectory(files.need(`/${path}`)) ? 'dir' : 'file'}:${hash}`
}

function parts(files: FileSystem, path: string, name: string): (string | Uint8Array)[] {
  const node = files.need(path, { follow: name === '' })
  const head = `\0${name}\0${node.mode.toString(8)}\0${node.target}\0`
  if (isFile(node)) return [head, contents(node)]
  if (!isDirectory(node)) return [head]
  const below = path === '/' ? '' : path
  return [head, ...files.readdir(path).flatMap((child) => parts(files, `${below}/${child}`, `${name}/${child}`))]
}
