import { type Config, healthConfig } from '../containers/config.ts'
import type { Instruction } from './instruction.ts'
import { keyValues, splitWords, unquote } from './words.ts'

const goList = (items: readonly string[] | null) => `[${(items ?? []).map((item) => JSON.stringify(item)).join(' ')}]`

/** What the history says of an instruction that only changes the config, in the words of the daemon. */
export function comment({ keyword, rest }: Instruction, config: Config): string {
  switch (keyword) {
    case 'ENV':
    case 'LABEL':
      return `${keyword} ${keyValues(keyword, rest)
        .map(([key, value]) => `${unquote(key)}=${unquote(value)}`)
        .join(' ')}`
    case 'CMD':
      return `CMD ${goList(config.cmd)}`
    case 'ENTRYPOINT':
      return `ENTRYPOINT ${goList(config.entrypoint)}`
    case 'SHELL':
      return `SHELL [${(config.shell ?? []).join(' ')}]`
    case 'VOLUME':
      return `VOLUME [${splitWords(rest)
        .map((word) => word.replace(/["[\],]/g, ''))
        .filter(Boolean)
        .join(' ')}]`
    case 'HEALTHCHECK': {
      const { test, interval, timeout, startPeriod, retries } = config.healthcheck ?? healthConfig.zero
      const seconds = (nanoseconds: number) => JSON.stringify(`${nanoseconds / 1e9}s`)
      return `HEALTHCHECK &{${goList(test)} ${seconds(interval)} ${seconds(timeout)} ${seconds(startPeriod)} "0s" '\\x${retries.toString(16).padStart(2, '0')}'}`
    }
    default:
      return `${keyword} ${rest}`
  }
}
