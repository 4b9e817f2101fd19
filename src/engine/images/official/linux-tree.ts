import { utf8 } from '../../../http/json-lines.ts'
import { DIRECTORY, HARD_LINK, SYMLINK, type TarEntry, tarEntry } from '../../../storage/tar/tar-entry.ts'

/** Members of a layer, as they are written down in the images of the catalog. */
export const directory = (name: string, mode = 0o755): TarEntry =>
  tarEntry({ name: `${name}/`, type: DIRECTORY, mode, mtime: MTIME })
export const file = (name: string, text: string, mode = 0o644): TarEntry =>
  tarEntry({ name, body: utf8(text), mode, mtime: MTIME })
export const symlink = (name: string, linkname: string): TarEntry =>
  tarEntry({ name, type: SYMLINK, linkname, mode: 0o777, mtime: MTIME })
export const hardLink = (name: string, linkname: string): TarEntry =>
  tarEntry({ name, type: HARD_LINK, linkname, mode: 0o755, mtime: MTIME })

/** 2024-09-26T00:00:00Z: every file of a synthetic image is of that day. */
const MTIME = 1_727_308_800_000_000_000n

/** An executable whose program stands in the catalog. */
export const executable = (name: string, program: string): TarEntry => file(name, `#!wavetank:${program}\n`, 0o755)

export const passwd = (shell: string) =>
  [
    `root:x:0:0:root:/root:${shell}`,
    'daemon:x:1:1:daemon:/usr/sbin:/bin/false',
    'bin:x:2:2:bin:/bin:/bin/false',
    'sys:x:3:3:sys:/dev:/bin/false',
    'sync:x:4:100:sync:/bin:/bin/sync',
    'mail:x:8:8:mail:/var/spool/mail:/bin/false',
    'www-data:x:33:33:www-data:/var/www:/bin/false',
    'operator:x:37:37:Operator:/var:/bin/false',
    'nobody:x:65534:65534:nobody:/home:/bin/false',
    '',
  ].join('\n')

export const group = [
  'root:x:0:',
  'daemon:x:1:',
  'bin:x:2:',
  'sys:x:3:',
  'adm:x:4:',
  'tty:x:5:',
  'disk:x:6:',
  'wheel:x:10:root',
  'mail:x:8:',
  'www-data:x:33:',
  'operator:x:37:',
  'users:x:100:',
  'nobody:x:65534:',
  '',
].join('\n')
