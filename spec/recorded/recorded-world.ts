import { type Declaration, seconds } from '../../src/engine/images/declare.ts'
import { BUSYBOX_APPLETS } from '../../src/engine/images/official/busybox-applets.ts'
import { directory, executable, file, symlink } from '../../src/engine/images/official/linux-tree.ts'
import type { Host } from '../../src/engine/system/host.ts'
import type { Catalog } from '../../src/programs/catalog.ts'
import { defaultCatalog } from '../../src/programs/default-catalog.ts'
import { shell } from '../../src/programs/sh/program.ts'

/** The machine of the recordings. */
export const recordedHost: Partial<Host> = {
  name: 'vm',
  cpus: 2,
  memory: 25_276_063_744,
  minApiVersion: '1.24',
}

const BANNER = 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) built-in shell (ash)'

/** Its image holds Debian's busybox, whose shell introduces itself and asks the terminal for its cursor; the official image's does neither. */
export const recordedCatalog: Catalog = defaultCatalog.with(
  ['sh', 'ash'].map((name) => shell(name, { banner: BANNER, asksCursor: true })),
)

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
