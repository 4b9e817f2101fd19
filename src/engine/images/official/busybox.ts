import type { TarEntry } from '../../../storage/tar/tar-entry.ts'
import { type Declaration, seconds } from '../declare.ts'
import { BUSYBOX_APPLETS } from './busybox-applets.ts'
import { FACTS } from './facts.ts'
import { directory, executable, file, group, hardLink, passwd, symlink } from './linux-tree.ts'

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** A look-alike of `busybox:1.36`: one binary and a hard link for each applet. */
export const busybox: Declaration = {
  created: seconds(1_727_386_302),
  config: { env: [PATH], cmd: ['sh'] },
  history: [{ createdBy: 'BusyBox 1.36.1 (glibc), Debian 12' }],
  layers: [{ members: busyboxTree, facts: FACTS.busybox }],
}

function busyboxTree(): TarEntry[] {
  return [
    directory('bin'),
    executable('bin/[', 'busybox'),
    ...['busybox', ...BUSYBOX_APPLETS.slice(1)].map((applet) => hardLink(`bin/${applet}`, 'bin/[')),
    directory('dev'),
    directory('etc'),
    file('etc/group', group),
    file('etc/localtime', 'TZif2'),
    directory('etc/network'),
    ...['if-down.d', 'if-post-down.d', 'if-pre-up.d', 'if-up.d'].map((name) => directory(`etc/network/${name}`)),
    file('etc/nsswitch.conf', 'passwd: files\ngroup: files\nhosts: files dns\n'),
    file('etc/passwd', passwd('/bin/sh')),
    file('etc/shadow', 'root:*:19700:0:99999:7:::\n', 0o640),
    directory('home'),
    directory('lib'),
    symlink('lib64', 'lib'),
    directory('root', 0o700),
    directory('tmp', 0o1777),
    directory('usr'),
    directory('usr/bin'),
    symlink('usr/bin/env', '../../bin/env'),
    directory('usr/sbin'),
    directory('var'),
    directory('var/spool'),
    directory('var/spool/mail'),
    directory('var/www'),
  ]
}
