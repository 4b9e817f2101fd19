import { Problem } from '../../core/problem.ts'
import { globExpression } from '../../http/glob.ts'
import { FileError } from '../../storage/file-error.ts'
import type { FileSystem } from '../../storage/file-system.ts'
import { isDirectory } from '../../storage/inode.ts'

/** Something that is to be copied. */
export interface CopySource {
  readonly files: FileSystem
  /** Where it stands in them, without its leading slash. */
  readonly path: string
  /** Came from a URL: never unpacked, and known by its hash alone. */
  readonly downloaded: boolean
}

/** Where sources come from that are no URLs. */
export interface Origin {
  readonly files: FileSystem
  /** Another stage or image; else it is the context. */
  readonly fromImage: boolean
}

/** The paths of a source that may hold wildcards. moby: builder/dockerfile/copy.go calcCopyInfo */
export function sourcesOf({ files, fromImage }: Origin, source: string): CopySource[] {
  const path = clean(source)
  const paths = /[*?[]/.test(path) ? globbed(files, path) : [existing(files, path, fromImage)]
  return paths.map((one) => ({ files, path: one, downloaded: false }))
}

function existing(files: FileSystem, path: string, fromImage: boolean): string {
  try {
    if (files.lookup(`/${path}`, { follow: false })) return path
  } catch (error) {
    if (error instanceof FileError) throw new Problem('System', `stat ${path}: ${error.code}`)
    throw error
  }
  const missing = `stat ${path}: file does not exist`
  throw new Problem(
    'System',
    fromImage ? missing : `file not found in build context or excluded by .dockerignore: ${missing}`,
  )
}

/** `..` stops at the top of the context. */
function clean(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function globbed(files: FileSystem, pattern: string): string[] {
  let found: string[] = ['']
  for (const part of pattern.split('/')) {
    const expression = globExpression(part)
    found = found.flatMap((path) => {
      const node = files.lookup(`/${path}`)
      if (!node || !isDirectory(node)) return []
      return files
        .readdir(`/${path}`)
        .filter((name) => expression.test(name))
        .map((name) => (path === '' ? name : `${path}/${name}`))
    })
  }
  return found
}
