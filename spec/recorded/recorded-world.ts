import { type Declaration, seconds } from '../../src/engine/images/declare.ts'
import { BUSYBOX_APPLETS } from '../../src/engine/images/official/busybox-applets.ts'
import { directory, executable, file, symlink } from '../../src/engine/images/official/linux-tree.ts'
import type { Host } from '../../src/engine/system/host.ts'

/** The machine of the recordings. */
export const recordedHost: Partial<Host> = {
  name: 'vm',
  cpus: 2,
  memory: 25_276_063_744,
  minApiVersion: '1.24',
}

/** Its one image: a busybox with its applets as links, one user, nothing set but the command. */
export const recordedBusybox: Declaration = {
  created: seconds(1_795_500_883),
  config: { cmd: ['sh'] },
  history: [{ createdBy: '', comment: 'Imported from -' }],
  layers: [
    [
      directory('bin'),
      executable('bin/busybox', 'busybox'),
      ...BUSYBOX_APPLETS.map((applet) => symlink(`bin/${applet}`, 'busybox')),
      directory('etc'),
      file('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n'),
      directory('tmp', 0o1777),
    ],
  ],
}
