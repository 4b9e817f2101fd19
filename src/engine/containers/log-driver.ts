import { Problem } from '../../core/problem.ts'
import type { HostConfig } from './config.ts'

const ANY = ['labels', 'labels-regex', 'env', 'env-regex', 'tag', 'mode', 'max-buffer-size']

/** The options that each driver takes; undefined: not looked at here. */
const DRIVERS: Readonly<Record<string, readonly string[] | undefined>> = {
  'json-file': [...ANY, 'max-file', 'max-size', 'compress'],
  local: [...ANY, 'max-file', 'max-size', 'compress'],
  none: undefined,
  syslog: undefined,
  journald: undefined,
  gelf: undefined,
  fluentd: undefined,
  awslogs: undefined,
  splunk: undefined,
  gcplogs: undefined,
}

const UNSAID: HostConfig['logConfig'] = { type: 'json-file', config: {} }

/** The log driver that is used, or the daemon's refusal. moby: Daemon.mergeAndVerifyLogConfig */
export function logConfig({ logConfig: { type, config } }: HostConfig): HostConfig['logConfig'] {
  if (type === '' && config === null) return UNSAID
  const driver = type === '' ? 'json-file' : type
  if (!Object.hasOwn(DRIVERS, driver))
    throw new Problem(
      'InvalidParameter',
      `error looking up logging plugin ${driver}: plugin ${JSON.stringify(driver)} not found`,
    )
  const unknown = Object.keys(config ?? {}).find((key) => DRIVERS[driver] && !DRIVERS[driver].includes(key))
  if (unknown !== undefined)
    throw new Problem('InvalidParameter', `unknown log opt '${unknown}' for ${driver} log driver`)
  return { type: driver, config: config ?? {} }
}
