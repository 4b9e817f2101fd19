import { Problem } from '../../core/problem.ts'
import { FileSystem, type Snapshot } from '../../storage/file-system.ts'

/** `--chown=user:group` by the names of the image, or by numbers. moby: parseChownFlag */
export function ownerOf(image: Snapshot, text: string): { uid: number; gid: number } {
  if (text === '') return { uid: 0, gid: 0 }
  const [user = '', group = user] = text.split(':')
  const files = new FileSystem(image)
  return { uid: idOf(files, '/etc/passwd', user, 'user'), gid: idOf(files, '/etc/group', group, 'group') }
}

function idOf(files: FileSystem, path: string, name: string, kind: string): number {
  if (/^\d+$/.test(name)) return Number(name)
  const rows = files.lookup(path) ? files.readText(path).split('\n') : []
  const id = rows.map((row) => row.split(':')).find(([known]) => known === name)?.[2]
  if (id === undefined)
    throw new Problem(
      'System',
      `unable to convert uid/gid chown string to host mapping: can't find ${kind === 'user' ? 'uid for user' : 'gid for group'} ${name}: no such ${kind}: ${name}`,
    )
  return Number(id)
}
