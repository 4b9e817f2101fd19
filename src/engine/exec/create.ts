import { parseDetachKeys } from '../../http/detach-keys.ts'
import type { Container } from '../containers/container.ts'
import { baseEnvironment, mergeEnvironment } from '../containers/environment.ts'
import { notRunning } from '../containers/errors.ts'
import { find } from '../containers/find.ts'
import { identity } from '../containers/identity.ts'
import { linkedEnvironment } from '../containers/linked-environment.ts'
import { mounted } from '../containers/mounted.ts'
import type { EngineState } from '../state.ts'
import type { EngineVerb } from '../verb.ts'
import type { ExecCommands } from './commands.ts'
import { badEscapeKeys, badUser, noCommand, pausedAtExec, restartingAtExec } from './errors.ts'
import type { Exec } from './exec.ts'
import type { ExecConfig } from './wire/exec-config.ts'

/** moby: Daemon.ContainerExecCreate */
export const create: EngineVerb<ExecCommands['ContainerExec']> = (state, { id: ref, config }, { id, now }) => {
  if (!config.cmd?.length) throw noCommand()
  const container = findActive(state, ref)
  const detachKeys = config.detachKeys === '' ? [] : parseDetachKeys(config.detachKeys)
  if (!detachKeys) throw badEscapeKeys(config.detachKeys)
  if (config.user !== '') {
    const who = identity(mounted(state, container, now).namespace, config.user, [])
    if ('refusal' in who) throw badUser(who.refusal)
  }
  const exec = { ...newExec(container, config, id(), linkedEnvironment(state, container)), detachKeys }
  return [{ type: 'container.exec_create', id: container.id, exec }]
}

function findActive(state: EngineState, ref: string): Container {
  const container = find(state, ref)
  if (!container.flags.running) throw notRunning(container.id)
  if (container.flags.paused) throw pausedAtExec(ref)
  if (container.flags.restarting) throw restartingAtExec(container.id)
  return container
}

/** `linked`: what links of the container tell, as variables. */
export function newExec(container: Container, config: ExecConfig, id: string, linked: readonly string[] = []): Exec {
  const { user, workingDir } = container.config
  return {
    id,
    container: container.id,
    argv: config.cmd ?? [],
    env: mergeEnvironment(baseEnvironment(container, config.tty, linked), config.env ?? []),
    user: config.user || user,
    workingDir: config.workingDir || workingDir,
    tty: config.tty,
    privileged: config.privileged,
    openStdin: config.attachStdin,
    openStdout: config.attachStdout,
    openStderr: config.attachStderr,
    detachKeys: [],
    size: sizeOf(config.consoleSize),
    started: false,
    running: false,
    exitCode: undefined,
    pid: 0,
    probe: false,
    output: new Uint8Array(),
  }
}

/** Rows and columns, as the API has them. */
export function sizeOf(consoleSize: readonly number[] | null): Exec['size'] {
  return consoleSize ? { rows: consoleSize[0] ?? 0, columns: consoleSize[1] ?? 0 } : undefined
}
