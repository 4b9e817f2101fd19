import { Problem } from '../../core/problem.ts'
import { root } from '../../storage/caller.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { isFile } from '../../storage/inode.ts'
import { applyLayer } from '../../storage/layer.ts'
import { readingArchive } from '../images/archive-problem.ts'
import type { Web } from '../web.ts'
import type { BuildCommands } from './commands.ts'
import { type Dockerfile, parseDockerfile } from './dockerfile.ts'
import { ignores } from './dockerignore.ts'
import { remoteContext } from './remote.ts'

/** Where the context comes from: an archive, or the text of a Dockerfile alone. */
export interface Source {
  readonly archive: Uint8Array
  readonly text: string | undefined
  /** What the stream tells before the first step. */
  readonly lines: readonly object[]
}

/** What a build is made of. */
export interface Context {
  readonly context: Snapshot
  readonly dockerfile: Dockerfile
}

const DEFAULT_NAME = 'Dockerfile'

/** What the client sends, or what it points at. moby: builder/remotecontext/detect.go */
export const sourceOf = (web: Web, { context, remote }: BuildCommands['ImageBuild']): Source =>
  remote === '' ? { archive: context, text: undefined, lines: [] } : remoteContext(web, remote)

/** The context and the Dockerfile in it. */
export function contextOf({ archive, text }: Source, dockerfile: string, now: bigint): Context {
  const name = dockerfile || DEFAULT_NAME
  if (text === undefined) return fromArchive(archive, name, now)
  return { context: new FileSystem().snapshot(), dockerfile: parseDockerfile(text, name) }
}

function fromArchive(archive: Uint8Array, name: string, now: bigint): Context {
  const files = new FileSystem()
  if (archive.length > 0) readingArchive(() => applyLayer(files, decompress(archive), { now }))
  if (name.startsWith('..')) throw new Problem('System', `forbidden path outside the build context: ${name} ()`)
  const found = locate(files, name)
  const dockerfile = parseDockerfile(files.readText(`/${found}`), found)
  removeIgnored(files, found)
  return { context: files.snapshot(), dockerfile }
}

/** `dockerfile` will do where there is no `Dockerfile`. */
function locate(files: FileSystem, name: string): string {
  const names = name === DEFAULT_NAME ? [name, name.toLowerCase()] : [name]
  const found = names.find((one) => {
    const node = files.lookup(`/${one}`)
    return node && isFile(node)
  })
  if (found === undefined) throw new Problem('System', `Cannot locate specified Dockerfile: ${name}`)
  return found
}

/** The client has left out what .dockerignore says, but not these two, which the daemon needs. moby: removeDockerfile */
function removeIgnored(files: FileSystem, dockerfile: string): void {
  const node = files.lookup('/.dockerignore')
  if (!node || !isFile(node)) return
  const isIgnored = ignores(files.readText('/.dockerignore'))
  for (const name of ['.dockerignore', dockerfile.replace(/^\/+/, '')])
    if (isIgnored(name)) files.removeAll(root(0n), `/${name}`)
}
