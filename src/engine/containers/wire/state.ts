import { rfc3339Nano } from '../../../core/rfc3339.ts'
import type { Container } from '../container.ts'
import type { Health, Probe } from '../health.ts'
import { status } from '../status.ts'

/** `State` of inspect. */
export function containerState({ flags, health }: Container): unknown {
  return {
    Status: status(flags),
    Running: flags.running,
    Paused: flags.paused,
    Restarting: flags.restarting,
    OOMKilled: flags.oomKilled,
    Dead: flags.dead,
    Pid: flags.pid,
    ExitCode: flags.exitCode,
    Error: flags.error,
    StartedAt: rfc3339Nano(flags.startedAt),
    FinishedAt: rfc3339Nano(flags.finishedAt),
    ...(health ? { Health: healthState(health) } : {}),
  }
}

const healthState = ({ status, failingStreak, log }: Health) => ({
  Status: status,
  FailingStreak: failingStreak,
  Log: log.map(probe),
})

const probe = ({ start, end, exitCode, output }: Probe) => ({
  Start: rfc3339Nano(start),
  End: rfc3339Nano(end),
  ExitCode: exitCode,
  Output: output,
})
