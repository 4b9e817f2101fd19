import type { Exec } from '../exec.ts'

/** api/types/container: ExecInspect, in the order in which the daemon writes it. */
export function inspect(exec: Exec): unknown {
  const [entrypoint, ...args] = exec.argv
  return {
    ID: exec.id,
    Running: exec.running,
    ExitCode: exec.exitCode ?? null,
    ProcessConfig: {
      tty: exec.tty,
      entrypoint,
      arguments: args,
      privileged: exec.privileged,
      ...(exec.user === '' ? {} : { user: exec.user }),
    },
    OpenStdin: exec.openStdin,
    OpenStderr: exec.openStderr,
    OpenStdout: exec.openStdout,
    CanRemove: false,
    ContainerID: exec.container,
    DetachKeys: btoa(String.fromCharCode(...exec.detachKeys)),
    Pid: exec.pid,
  }
}
