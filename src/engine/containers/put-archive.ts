import type { Instant } from '../../core/instant.ts'
import { ArchiveError } from '../../storage/archive-error.ts'
import { FileError, strerror } from '../../storage/file-error.ts'
import { decompress } from '../../storage/gzip/decompress.ts'
import { isDirectory } from '../../storage/inode.ts'
import { realPath } from '../../storage/path-stat.ts'
import { unpackInto } from '../../storage/unpack.ts'
import { diskSnapshot, diskWritten } from '../disks.ts'
import type { EngineEvent } from '../events.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import { archiveView, atPath } from './archive-view.ts'
import type { Container } from './container.ts'
import type { ContainerFileCommands } from './file-commands.ts'
import { badArchive, emptyPath, notADirectory, readOnlyRoot, readOnlyVolume } from './file-errors.ts'
import { find } from './find.ts'
import { identity } from './identity.ts'
import type { Mounted } from './mounted.ts'
import { visitMounts } from './visit-mounts.ts'

type Put = ContainerFileCommands['PutContainerArchive']

/** `docker cp` to a container. moby: Daemon.containerExtractToDir */
export const putArchive: EngineVerb<Put> = (state, command, env) => {
  const { id: ref, path } = command
  if (path === '') throw emptyPath()
  const container = find(state, ref)
  const view = archiveView(state, container, env.now)
  const target = atPath(ref, path, () => realPath(view.namespace, `/${path}`))
  const at = atPath(ref, path, () => view.namespace.need(target))
  if (!isDirectory(view.namespace.inode(at))) throw notADirectory()
  if (view.namespace.isReadOnly(at)) throw at.mount === 0 ? readOnlyRoot() : readOnlyVolume()
  extract(view, target, command, container, env.now)
  const written = writes(state, view)
  const disks = written.map(([disk]) => disk)
  return visitMounts(state, container, env, [
    ...written.map(([, event]) => event),
    { type: 'container.extract-to-dir', id: container.id, disks },
  ])
}

function extract(
  { namespace }: Mounted,
  path: string,
  { archive, noOverwriteDirNonDir, copyUIDGID }: Put,
  { config }: Container,
  now: Instant,
): void {
  const who = copyUIDGID ? identity(namespace, config.user, []) : undefined
  const chown = who && 'uid' in who ? { chown: { uid: who.uid, gid: who.gid } } : {}
  try {
    unpackInto(namespace, path, decompress(archive), {
      now: BigInt(now) * 1000n,
      noOverwriteDirNonDir,
      ...chown,
    })
  } catch (error) {
    if (error instanceof ArchiveError) throw badArchive(error.message)
    if (error instanceof FileError) throw badArchive(`${error.path}: ${strerror(error.code).toLowerCase()}`)
    throw error
  }
}

/** The disks that are no longer as the state has them, and the events that say so. */
function writes(state: EngineState, { files }: Mounted): readonly (readonly [disk: string, event: EngineEvent])[] {
  return [...files].flatMap(([disk, fs]) => {
    const snapshot = fs.snapshot()
    const event = snapshot === diskSnapshot(state, disk) ? undefined : diskWritten(disk, snapshot)
    return event ? [[disk, event] as const] : []
  })
}
