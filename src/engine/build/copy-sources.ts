import { Problem } from '../../core/problem.ts'
import { globExpression } from '../../http/glob.ts'
import { FileError } from '../../storage/file-error.ts'
import type { FileSystem } from '../../storage/file-system.ts'
import { isDirectory } from '../../storage/inode.ts'

/** Where a source stands, without its leading slash. */
export type SourcePath = string

const failed = (keyword: string, why: string) => new Problem('System', `${keyword} failed: ${why}`)

/** The paths of a source that may hold wildcards. */
export function sourcesOf(keyword: string, files: FileSystem, source: string, fromImage: boolean): SourcePath[] {
  const path = clean(source)
  if (/[*?[]/.test(path)) return globbed(files, path)
  try {
    if (!files.lookup(`/${path}`, { follow: false })) {
      throw failed(
        keyword,
        fromImage
          ? `stat ${path}: file does not exist`
          : `file not found in build context or excluded by .dockerignore: stat ${path}: file does not exist`,
      )
    }
  } catch (error) {
    if (error instanceof FileError) throw failed(keyword, `stat ${path}: ${error.code}`)
    throw error
  }
  return [path]
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

function globbed(files: FileSystem, pattern: string): SourcePath[] {
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
