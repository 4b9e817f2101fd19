import type { ClockMode } from '../runtime/clock.ts'
import type { NetworkOrigin } from '../runtime/link.ts'
import type { WavetankOptions } from '../runtime/wavetank.ts'
import { usageError } from './usage.ts'

/** For `parseArgs`: what every command that makes a tank takes. */
export const tankFlags = {
  seed: { type: 'string' },
  clock: { type: 'string' },
  bandwidth: { type: 'string' },
  latency: { type: 'string' },
} as const

type Flags = { readonly [Flag in keyof typeof tankFlags]?: string }

const MODES: readonly string[] = ['real', 'auto', 'manual'] satisfies ClockMode[]

export function tankOptions(flags: Flags, otherwise: ClockMode): WavetankOptions {
  const { seed, clock = otherwise } = flags
  if (!MODES.includes(clock)) throw usageError(`--clock is one of ${MODES.join(', ')}, not ${JSON.stringify(clock)}`)
  return { clock: clock as ClockMode, network: networkOf(flags), ...(seed === undefined ? {} : { seed }) }
}

const MULTIPLES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 }

function networkOf({ bandwidth, latency = '0ms' }: Flags): NetworkOrigin {
  if (!/^\d+(\.\d+)?(us|ms|s|m|h)$/.test(latency))
    throw usageError(`--latency is a time such as 50ms, not ${JSON.stringify(latency)}`)
  const time = latency as NonNullable<NetworkOrigin['latency']>
  if (bandwidth === undefined) return { latency: time }
  const [, amount, multiple] = /^(\d+(?:\.\d+)?)([kmg]?)$/i.exec(bandwidth) ?? []
  const bytes = Number(amount) * MULTIPLES[multiple?.toLowerCase() ?? '']!
  if (bytes > 0) return { latency: time, bandwidth: bytes }
  throw usageError(`--bandwidth is a number of bytes a second such as 500k or 2M, not ${JSON.stringify(bandwidth)}`)
}
