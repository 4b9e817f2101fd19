import { EXECUTE, permits } from '../../storage/caller.ts'
import { FileError } from '../../storage/file-error.ts'
import { contents, isFile } from '../../storage/inode.ts'
import { text } from './bytes.ts'
import { CallError } from './errno.ts'
import type { Kernel } from './kernel.ts'
import type { Process } from './process.ts'
import type { Program } from './program.ts'

/** What execve would run. */
export interface Loaded {
  readonly program: Program
  readonly argv: readonly string[]
  readonly path: string
}

const INTERPRETERS = 5
const HEAD = 256

/** The file at `path` becomes a program: see `Catalog` for the rules. */
export function load(kernel: Kernel, process: Process, path: string, argv: readonly string[], depth = 0): Loaded {
  const { namespace, catalog } = kernel
  const caller = kernel.caller(process)
  const at = namespace.need(path, { cwd: process.cwd }, caller)
  const node = namespace.inode(at)
  if (!isFile(node) || !permits(caller, node, EXECUTE)) throw new FileError('EACCES', path)
  const head = contents(node).subarray(0, HEAD)
  const found = catalog.find({ path: absolute(kernel, process, path), real: namespace.pathOf(at), argv, head })
  if (found.kind === 'program') return { program: found.program, argv: found.argv ?? argv, path }
  if (found.kind === 'unknown') throw new CallError('ENOEXEC')
  if (depth >= INTERPRETERS) throw new FileError('ELOOP', path)
  return load(kernel, process, found.interpreter, [found.interpreter, ...found.args, path, ...argv.slice(1)], depth + 1)
}

function absolute(kernel: Kernel, process: Process, path: string): string {
  if (path.startsWith('/')) return path
  const directory = kernel.namespace.pathOf(process.cwd)
  return `${directory === '/' ? '' : directory}/${path.replace(/^\.\//, '')}`
}

/** The first line of a file's head, when it begins with `#!`. */
export function shebang(head: Uint8Array): string | undefined {
  if (head[0] !== 35 || head[1] !== 33) return undefined
  const end = head.indexOf(10)
  return text(head.subarray(2, end < 0 ? head.length : end)).trim()
}
