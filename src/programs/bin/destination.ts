import { isDirectory } from '../../storage/inode.ts'
import type { Call } from './call.ts'
import { baseName, joined } from './paths.ts'

/** What goes where, for cp, mv and ln: into a directory, or under a new name. Undefined: it makes no sense, and that was told. */
export function pairs<Data>(
  call: Call<Data>,
  { bare = false }: { readonly bare?: boolean } = {},
): readonly (readonly [from: string, to: string])[] | undefined {
  const { operands, files, here } = call
  const into = call.value('t')
  const target = into ?? operands.at(-1)!
  const sources = into === undefined ? operands.slice(0, -1) : operands
  const node = bare ? undefined : files.lookup(target, here)
  if (node && isDirectory(node)) return sources.map((from) => [from, joined(target, baseName(from))])
  if (sources.length === 1) return [[sources[0]!, target]]
  const missing = sources.filter((path) => !files.lookup(path, here))
  for (const path of missing) call.fail(`can't stat '${path}': No such file or directory`)
  if (missing.length === 0) call.fail(`target '${target}' is not a directory`)
  return undefined
}
