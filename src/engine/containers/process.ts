import type { Instant } from '../../core/instant.ts'
import { type Kind, Problem } from '../../core/problem.ts'
import { findExecutable } from '../../programs/find-executable.ts'
import type { DiskMount, ProcessSpec } from '../effects.ts'
import type { EngineState } from '../state.ts'
import { diskMounts } from '../volumes/mounts.ts'
import { verifyTmpfs } from '../volumes/tmpfs.ts'
import type { Container } from './container.ts'
import { baseEnvironment, environmentRecord } from './environment.ts'
import { noSuchDevice } from './errors.ts'
import { identity } from './identity.ts'
import { verifyNamespaces } from './joined-namespaces.ts'
import { linkedEnvironment } from './linked-environment.ts'
import { verifyLog } from './log.ts'
import { mounted } from './mounted.ts'

/** Why there is no process: what the start leaves behind, and how it is told to the caller. */
export interface NoProcess {
  readonly exitCode: number
  readonly error: string
  readonly kind: Kind
  /** How far the start has come. */
  readonly prepared: Container['prepared']
}

const RUNTIME =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: '
const UNKNOWN = 128

/** The container's main process, or why it cannot be. moby: daemon/oci_linux.go, daemon/start.go */
export function processOf(state: EngineState, container: Container, now: Instant): ProcessSpec | NoProcess {
  const { config, hostConfig, path, args } = container
  const { namespace } = mounted(state, container, now)
  const early = (error: string): NoProcess => ({ exitCode: UNKNOWN, error, kind: 'System', prepared: 'files' })
  const device = hostConfig.devices?.find(({ pathOnHost }) => !isHostDevice(pathOnHost))
  if (device) return early(noSuchDevice(device.pathOnHost).message)
  const linked = refusal(() => {
    verifyNamespaces(state, container)
    verifyTmpfs(hostConfig)
    verifyLog(hostConfig.logConfig)
    return linkedEnvironment(state, container)
  })
  if (linked instanceof Problem) return { ...early(linked.message), kind: linked.kind }
  const wrong = diskMounts(state, container).find(({ tmpfs }) => tmpfs?.wrong !== undefined)
  if (wrong) return { exitCode: UNKNOWN, error: unmounted(wrong), kind: 'System', prepared: 'log' }
  const user = identity(namespace, config.user, hostConfig.groupAdd ?? [])
  if ('refusal' in user) return early(user.refusal)
  const env = environmentRecord(baseEnvironment(container, config.tty, linked), user.home)
  const cwd = config.workingDir || '/'
  const found = findExecutable(namespace, {
    argv0: path,
    ...(env.PATH === undefined ? {} : { path: env.PATH }),
    cwd,
    caller: { uid: user.uid, gid: user.gid, groups: user.groups, umask: 0o022, now: BigInt(now) * 1000n },
  })
  if ('message' in found)
    return { exitCode: found.exitCode, error: RUNTIME + found.message, kind: 'InvalidParameter', prepared: 'log' }
  const [rows = 0, columns = 0] = hostConfig.consoleSize ?? []
  return {
    argv: [path, ...args],
    env,
    cwd,
    uid: user.uid,
    gid: user.gid,
    groups: user.groups,
    tty: config.tty ? { columns, rows } : undefined,
    stdin: config.openStdin,
  }
}

/** Linux does not take an option of a tmpfs. */
const unmounted = ({ to, tmpfs }: DiskMount) =>
  `${RUNTIME}error mounting "tmpfs" to rootfs at "${to}": mount src=tmpfs, dst=${to}, dstFd=/proc/thread-self/fd/9, flags=MS_NOSUID|MS_NODEV|MS_NOEXEC, data=${tmpfs?.wrong}: invalid argument`

function refusal<T>(act: () => T): T | Problem {
  try {
    return act()
  } catch (problem) {
    if (problem instanceof Problem) return problem
    throw problem
  }
}

/** What a refused `connectAll` is: networks come last. */
export const noNetwork = ({ kind, message }: Problem): NoProcess => ({
  exitCode: UNKNOWN,
  error: message,
  kind,
  prepared: 'log',
})

/** What a refused `mountAll` is: nothing is there yet. */
export const noMount = ({ kind, message }: Problem): NoProcess => ({
  exitCode: UNKNOWN,
  error: message,
  kind,
  prepared: 'files',
})

const DEVICE_NAMES = 'null zero full random urandom tty console ptmx fuse kvm shm pts mqueue'.split(' ')
const isHostDevice = (path: string) =>
  path === '/dev' || /^\/dev\/loop\d*$/.test(path) || DEVICE_NAMES.some((name) => path === `/dev/${name}`)
