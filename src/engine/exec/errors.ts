import { Problem } from '../../core/problem.ts'

/** The daemon's exact words. moby: daemon/exec.go, daemon/errors.go, daemon/server/router/container/exec.go */
export const noSuchExec = (ref: string) => new Problem('NotFound', `No such exec instance: ${ref}`)
export const noCommand = () => new Problem('InvalidParameter', 'No exec command specified')
export const pausedAtExec = (ref: string) =>
  new Problem('Conflict', `Container ${ref} is paused, unpause the container before exec`)
export const restartingAtExec = (ref: string) =>
  new Problem('Conflict', `Container ${ref} is restarting, wait until the container is running`)
export const badEscapeKeys = (keys: string) => new Problem('System', `Invalid escape keys (${keys}) provided`)
export const badUser = (message: string) => new Problem('InvalidParameter', message)
export const alreadyRun = (id: string) => new Problem('Conflict', `exec command ${id} has already run`)
export const alreadyRunning = (id: string) => new Problem('Conflict', `exec command ${id} is already running`)
export const startFailed = (message: string) => new Problem('InvalidParameter', message)
export const neverReady = () => new Problem('System', 'timeout waiting for exec session ready')
export const noProcess = () => new Problem('System', 'cannot resize a stopped container: unknown')

const RUNC = 'OCI runtime exec failed: exec failed: unable to start container process: '
/** Of the runtime: `exec: "x": executable file not found in $PATH`. */
export const runtimeRefusal = (why: string) => `${RUNC}${why}`
export const noDirectory = (cwd: string) =>
  `${RUNC}chdir to cwd (${JSON.stringify(cwd)}) set in config.json failed: no such file or directory`
