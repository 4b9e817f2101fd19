import type { TarEntry } from '../../../storage/tar/tar-entry.ts'
import { type Declaration, seconds } from '../declare.ts'
import type { LayerFacts } from '../layer.ts'
import { BUSYBOX_APPLETS } from './busybox-applets.ts'
import { FACTS } from './facts.ts'
import { directory, executable, file, group, passwd, symlink } from './linux-tree.ts'

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
/** Applets that Alpine puts into /usr/bin; the others stand in /bin. */
const USR_BIN = new Set(
  `[ [[ ascii awk basename bc blkid bunzip2 bzcat bzip2 cal chrt cksum clear cmp comm cpio crontab cryptpw cut dc
diff dirname dos2unix du env expand expr factor find flock fold free fuser groups head hexdump hostid id install ipcrm ipcs
killall last less logger md5sum mesg mkfifo mkpasswd more nc nl nmeter nohup nproc nsenter nslookup od passwd paste pgrep
pkill pmap printf pstree pwdx readlink realpath renice reset resize seq setpriv setsid sha1sum sha256sum sha3sum sha512sum
shred shuf sort split strings sum tac tail tee test time timeout top tr traceroute tree truncate tty ttysize unexpand uniq
unix2dos unlink unlzma unshare unxz unzip uptime uudecode uuencode vi vlock volname wc wget which who whoami whois xargs xxd
xzcat yes`.split(/\s+/),
)

const release = (version: string) => `NAME="Alpine Linux"
ID=alpine
VERSION_ID=${version}
PRETTY_NAME="Alpine Linux v${version.split('.').slice(0, 2).join('.')}"
HOME_URL="https://alpinelinux.org/"
BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"
`

/** A look-alike of an Alpine base image. */
const alpineBase = (version: string, created: number, facts?: LayerFacts): Declaration => ({
  created: seconds(created),
  config: { env: [PATH], cmd: ['/bin/sh'], workingDir: '/' },
  history: [
    { createdBy: 'ADD alpine-minirootfs-x86_64.tar.gz / # buildkit', comment: 'buildkit.dockerfile.v0' },
    { createdBy: 'CMD ["/bin/sh"]', comment: 'buildkit.dockerfile.v0', emptyLayer: true },
  ],
  layers: [{ members: () => alpineTree(version), ...(facts && { facts }) }],
})

const alpineTree = (version: string): TarEntry[] => [
  directory('bin'),
  executable('bin/busybox', 'busybox'),
  ...BUSYBOX_APPLETS.filter((applet) => !USR_BIN.has(applet)).map((applet) => symlink(`bin/${applet}`, '/bin/busybox')),
  directory('dev'),
  directory('etc'),
  file('etc/alpine-release', `${version}\n`),
  directory('etc/apk'),
  file('etc/apk/arch', 'x86_64\n'),
  file('etc/apk/world', 'alpine-baselayout\nalpine-keys\napk-tools\nbusybox\nlibc-utils\n'),
  file('etc/group', group),
  file('etc/hostname', 'localhost\n'),
  file('etc/hosts', '127.0.0.1\tlocalhost localhost.localdomain\n::1\tlocalhost localhost.localdomain\n'),
  file('etc/os-release', release(version)),
  file('etc/passwd', passwd('/bin/sh')),
  file('etc/profile', 'export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\n'),
  file('etc/shadow', 'root:*::0:::::\n', 0o640),
  file('etc/shells', '/bin/sh\n/bin/ash\n'),
  directory('home'),
  directory('lib'),
  directory('lib/apk'),
  directory('lib/apk/db'),
  directory('media'),
  directory('mnt'),
  directory('opt'),
  directory('proc', 0o555),
  directory('root', 0o700),
  directory('run'),
  directory('sbin'),
  executable('sbin/apk', 'apk'),
  directory('srv'),
  directory('sys', 0o555),
  directory('tmp', 0o1777),
  directory('usr'),
  directory('usr/bin'),
  ...[...USR_BIN].map((applet) => symlink(`usr/bin/${applet}`, '/bin/busybox')),
  directory('usr/lib'),
  directory('usr/local'),
  directory('usr/local/bin'),
  directory('usr/sbin'),
  directory('usr/share'),
  directory('var'),
  directory('var/cache'),
  directory('var/log'),
  symlink('var/run', '../run'),
  directory('var/tmp', 0o1777),
]

export const alpine = alpineBase('3.20.3', 1_725_646_222, FACTS.alpine)
export const alpine319 = alpineBase('3.19.4', 1_725_645_618)
export const alpine318 = alpineBase('3.18.9', 1_725_645_013)
