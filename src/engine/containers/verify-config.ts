import { type Kind, Problem } from '../../core/problem.ts'
import type { Config, HealthConfig } from './config.ts'
import { parseSignal } from './signal.ts'

const refused = (message: string, kind: Kind = 'InvalidParameter') => new Problem(kind, message)

/** What can be said of a config alone. moby: daemon/container.go validateContainerConfig */
export function verifyConfig({ workingDir, stopSignal, env, healthcheck }: Config): void {
  if (workingDir !== '' && !workingDir.startsWith('/'))
    throw refused(`the working directory '${workingDir}' is invalid, it needs to be an absolute path`)
  if (stopSignal !== '') parseSignal(stopSignal)
  for (const entry of env ?? [])
    if (entry === '' || entry.startsWith('=')) throw refused(`invalid environment variable: ${entry}`)
  if (healthcheck) verifyHealthcheck(healthcheck)
}

const SHORTEST = 1_000_000

function verifyHealthcheck(check: HealthConfig): void {
  const times = [
    ['Interval', check.interval],
    ['Timeout', check.timeout],
    ['StartPeriod', check.startPeriod],
    ['StartInterval', check.startInterval],
  ] as const
  const short = times.slice(0, 2).find(tooShort)
  if (short) throw refused(`${short[0]} in Healthcheck cannot be less than 1ms`)
  if (check.retries < 0) throw refused('Retries in Healthcheck cannot be negative')
  const late = times.slice(2).find(tooShort)
  if (late) throw refused(`${late[0]} in Healthcheck cannot be less than 1ms`)
}

const tooShort = ([, time]: readonly [string, number]) => time !== 0 && time < SHORTEST

/** path.Clean of a working directory. */
export function cleanPath(path: string): string {
  if (path === '') return ''
  const out: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') out.pop()
    else if (name !== '' && name !== '.') out.push(name)
  }
  return `/${out.join('/')}`
}
