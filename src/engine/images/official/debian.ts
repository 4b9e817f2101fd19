import type { TarEntry } from '../../../storage/tar/tar-entry.ts'
import { type Declaration, seconds } from '../declare.ts'
import { BUSYBOX_APPLETS } from './busybox-applets.ts'
import { directory, executable, file, group, passwd, symlink } from './linux-tree.ts'

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

interface DebianRelease {
  /** `12.8` */
  readonly version: string
  readonly codename: string
  readonly created: number
}

const release = ({ version, codename }: DebianRelease) => {
  const [major] = version.split('.')
  return `PRETTY_NAME="Debian GNU/Linux ${major} (${codename})"
NAME="Debian GNU/Linux"
VERSION_ID="${major}"
VERSION="${major} (${codename})"
VERSION_CODENAME=${codename}
ID=debian
HOME_URL="https://www.debian.org/"
`
}

/** A look-alike of a Debian base image with merged /usr; its tools are busybox's. */
const debianBase = (one: DebianRelease): Declaration => ({
  created: seconds(one.created),
  config: { env: [PATH], cmd: ['bash'] },
  history: [
    {
      createdBy: `# debian.sh --arch 'amd64' out/ '${one.codename}' '@${one.created}'`,
      comment: 'debuerreotype 0.15',
    },
  ],
  layers: [{ members: () => debianTree({ release: release(one), version: one.version, hostname: 'debuerreotype' }) }],
})

/** The files of a distribution of Debian's family. */
export function debianTree({
  release,
  version,
  hostname,
}: {
  readonly release: string
  readonly version: string
  readonly hostname: string
}): TarEntry[] {
  return [
    symlink('bin', 'usr/bin'),
    directory('dev'),
    directory('etc'),
    file('etc/debian_version', `${version}\n`),
    file('etc/group', group),
    file('etc/hostname', `${hostname}\n`),
    file('etc/hosts', '127.0.0.1\tlocalhost\n'),
    file('etc/os-release', release),
    file('etc/passwd', passwd('/bin/bash')),
    file('etc/shadow', 'root:*:20080:0:99999:7:::\n', 0o640),
    directory('home'),
    symlink('lib', 'usr/lib'),
    directory('media'),
    directory('mnt'),
    directory('opt'),
    directory('proc', 0o555),
    directory('root', 0o700),
    directory('run'),
    symlink('sbin', 'usr/sbin'),
    directory('srv'),
    directory('sys', 0o555),
    directory('tmp', 0o1777),
    directory('usr'),
    directory('usr/bin'),
    executable('usr/bin/apt', 'apt'),
    executable('usr/bin/apt-get', 'apt-get'),
    executable('usr/bin/busybox', 'busybox'),
    executable('usr/bin/dpkg', 'dpkg'),
    executable('usr/bin/dpkg-query', 'dpkg-query'),
    ...['bash', ...BUSYBOX_APPLETS].map((applet) => symlink(`usr/bin/${applet}`, 'busybox')),
    directory('usr/lib'),
    directory('usr/local'),
    directory('usr/local/bin'),
    directory('usr/local/sbin'),
    directory('usr/sbin'),
    directory('usr/share'),
    directory('var'),
    directory('var/cache'),
    directory('var/log'),
    symlink('var/run', '../run'),
    directory('var/tmp', 0o1777),
  ]
}

export const debian = debianBase({ version: '12.8', codename: 'bookworm', created: 1_734_912_000 })
export const bullseye = debianBase({ version: '11.11', codename: 'bullseye', created: 1_734_912_000 })
