import { type Duration, type Instant, MILLISECOND, MINUTE, SECOND } from '../../core/instant.ts'
import { Problem } from '../../core/problem.ts'
import type { RestartPolicy } from './config.ts'
import type { Container } from './container.ts'

const FIRST: Duration = 100 * MILLISECOND
const LONGEST: Duration = MINUTE
/** A container that ran this long begins with the first back-off again. */
const LONG_RUN: Duration = 10 * SECOND

/** After which time the policy starts the container again; undefined: never. moby: restartmanager.ShouldRestart */
export function restartDelay(container: Container, exitCode: number, now: Instant): Duration | undefined {
  if (container.restartCancelled || !wants(container, exitCode)) return undefined
  const ran = now - container.flags.startedAt
  const last = ran >= LONG_RUN ? 0 : container.restartDelay
  return last === 0 ? FIRST : Math.min(LONGEST, last * 2)
}

function wants({ hostConfig, manuallyStopped, restartCount }: Container, exitCode: number): boolean {
  const { name, maximumRetryCount } = hostConfig.restartPolicy
  if (name === 'always') return true
  if (name === 'unless-stopped') return !manuallyStopped
  return name === 'on-failure' && exitCode !== 0 && (maximumRetryCount === 0 || restartCount < maximumRetryCount)
}

export const hasRestartPolicy = ({ name }: RestartPolicy): boolean => name !== '' && name !== 'no'

/** moby: api/types/container ValidateRestartPolicy */
export function verifyRestartPolicy({ name, maximumRetryCount }: RestartPolicy): void {
  const refused = (why: string) => new Problem('InvalidParameter', `invalid restart policy: ${why}`)
  if (name === 'on-failure') {
    if (maximumRetryCount < 0) throw refused('maximum retry count cannot be negative')
  } else if (name === 'no' || name === 'always' || name === 'unless-stopped') {
    const negative = maximumRetryCount < 0 ? ' and cannot be negative' : ''
    if (maximumRetryCount !== 0) throw refused(`maximum retry count can only be used with 'on-failure'${negative}`)
  } else if (name !== '')
    throw refused(`unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`)
}
