import { type Declaration, seconds } from '../declare.ts'
import { BUSYBOX_APPLETS } from './busybox-applets.ts'
import { directory, executable, file, group, passwd, symlink } from './linux-tree.ts'

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const RELEASE = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
`

/** A look-alike of a Debian base image with merged /usr; its tools are busybox's. */
export const debian: Declaration = {
  created: seconds(1_734_912_000),
  config: { env: [PATH], cmd: ['bash'] },
  history: [{ createdBy: "# debian.sh --arch 'amd64' out/ 'bookworm' '@1734912000'", comment: 'debuerreotype 0.15' }],
  layers: [
    [
      symlink('bin', 'usr/bin'),
      directory('dev'),
      directory('etc'),
      file('etc/debian_version', '12.8\n'),
      file('etc/group', group),
      file('etc/hostname', 'debuerreotype\n'),
      file('etc/hosts', '127.0.0.1\tlocalhost\n'),
      file('etc/os-release', RELEASE),
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
      executable('usr/bin/busybox', 'busybox'),
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
    ],
  ],
}
