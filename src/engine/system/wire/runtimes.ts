import { goJson } from '../../../http/json-lines.ts'
import { build } from '../host.ts'

/** What runc says of itself, much shortened. The value is JSON in a string, as containerd hands it on. */
const features = goJson({
  ociVersionMin: '1.0.0',
  ociVersionMax: '1.2.1',
  hooks: ['prestart', 'createRuntime', 'createContainer', 'startContainer', 'poststart', 'poststop'],
  linux: {
    namespaces: ['cgroup', 'ipc', 'mount', 'network', 'pid', 'time', 'user', 'uts'],
    cgroup: { v1: true, v2: true, systemd: true, systemdUser: true, rdma: true },
    seccomp: { enabled: true },
    apparmor: { enabled: true },
    selinux: { enabled: true },
  },
  annotations: { 'org.opencontainers.runc.version': build.runc.version },
})

const runc = { path: 'runc', status: { 'org.opencontainers.runtime-spec.features': features } }

/** `Runtimes` of `GET /info`. */
export const runtimes = { 'io.containerd.runc.v2': runc, runc }
