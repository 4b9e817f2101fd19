import { type Declaration, seconds } from '../declare.ts'
import { debianTree } from './debian.ts'

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

interface UbuntuRelease {
  /** `24.04` */
  readonly version: string
  /** `24.04.1 LTS (Noble Numbat)` */
  readonly title: string
  readonly codename: string
  readonly created: number
}

const release = ({ version, title, codename }: UbuntuRelease) => `PRETTY_NAME="Ubuntu ${title.replace(/ \(.*/, '')}"
NAME="Ubuntu"
VERSION_ID="${version}"
VERSION="${title}"
VERSION_CODENAME=${codename}
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
UBUNTU_CODENAME=${codename}
`

/** A look-alike of an Ubuntu base image; its tools are busybox's. */
const ubuntuBase = (one: UbuntuRelease): Declaration => ({
  created: seconds(one.created),
  config: {
    env: [PATH],
    cmd: ['/bin/bash'],
    labels: { 'org.opencontainers.image.ref.name': 'ubuntu', 'org.opencontainers.image.version': one.version },
  },
  history: [
    { createdBy: '/bin/sh -c #(nop)  ARG RELEASE', emptyLayer: true },
    { createdBy: '/bin/sh -c #(nop)  ARG LAUNCHPAD_BUILD_ARCH', emptyLayer: true },
    { createdBy: '/bin/sh -c #(nop)  LABEL org.opencontainers.image.ref.name=ubuntu', emptyLayer: true },
    { createdBy: `/bin/sh -c #(nop)  LABEL org.opencontainers.image.version=${one.version}`, emptyLayer: true },
    { createdBy: '/bin/sh -c #(nop) ADD file:rootfs.tar in / ' },
    { createdBy: '/bin/sh -c #(nop)  CMD ["/bin/bash"]', emptyLayer: true },
  ],
  layers: [
    { members: () => debianTree({ release: release(one), version: `${one.codename}/sid`, hostname: 'ubuntu' }) },
  ],
})

export const noble = ubuntuBase({
  version: '24.04',
  title: '24.04.1 LTS (Noble Numbat)',
  codename: 'noble',
  created: 1_731_653_999,
})
export const jammy = ubuntuBase({
  version: '22.04',
  title: '22.04.5 LTS (Jammy Jellyfish)',
  codename: 'jammy',
  created: 1_726_053_900,
})
