import { type Instant, SECOND, ZERO_TIME } from '../../../core/instant.ts'
import { rfc3339Nano } from '../../../core/rfc3339.ts'
import { networkSettings } from '../../networks/endpoints.ts'
import type { EngineState } from '../../state.ts'
import type { Container } from '../container.ts'
import { type Usage, usageOf } from '../usage.ts'

/** A look at a container's counters; `undefined` where it does not run. */
export interface Sample {
  readonly at: Instant
  readonly usage: Usage
  /** CPU time of the whole host, nanoseconds. */
  readonly system: number
}

/** An hour of uptime at the start of every container: only differences matter. */
const UPTIME = 3600 * SECOND

export function sample(state: EngineState, container: Container): Sample | undefined {
  const usage = usageOf(state, container, state.now)
  const up = state.now - container.flags.startedAt + UPTIME
  return usage && { at: state.now, usage, system: up * 1000 * state.host.cpus }
}

/** api/types/container: StatsResponse, as a daemon on cgroup v1 fills it. */
export function stats(
  state: EngineState,
  container: Container,
  now: Sample | undefined,
  before: Sample | undefined,
): object {
  const networks = now ? networkCounters(state, container, now.usage) : undefined
  return {
    read: rfc3339Nano(now?.at ?? ZERO_TIME),
    preread: rfc3339Nano(before?.at ?? ZERO_TIME),
    pids_stats: now ? { current: now.usage.processes } : {},
    blkio_stats: blkio(now?.usage),
    num_procs: 0,
    storage_stats: {},
    cpu_stats: cpu(state, now),
    precpu_stats: cpu(state, before),
    memory_stats: now ? memory(container.hostConfig.memory || state.host.memory, now.usage) : {},
    ...(networks ? { networks } : {}),
  }
}

function cpu({ host }: EngineState, sampled: Sample | undefined): object {
  const total = Math.round((sampled?.usage.cpu ?? 0) * 1e9)
  const ticks = Math.floor(total / 2e7) * 1e7
  return {
    cpu_usage: {
      total_usage: total,
      ...(sampled ? { percpu_usage: shares(total, host.cpus) } : {}),
      usage_in_kernelmode: ticks,
      usage_in_usermode: ticks,
    },
    ...(sampled ? { system_cpu_usage: sampled.system, online_cpus: host.cpus } : {}),
    throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
  }
}

function shares(total: number, cpus: number): number[] {
  const share = Math.floor(total / cpus)
  return Array.from({ length: cpus }, (_, i) => (i === 0 ? total - share * (cpus - 1) : share))
}

const BLKIO = [
  'io_service_bytes_recursive',
  'io_serviced_recursive',
  'io_queue_recursive',
  'io_service_time_recursive',
  'io_wait_time_recursive',
  'io_merged_recursive',
  'io_time_recursive',
  'sectors_recursive',
]

function blkio(usage: Usage | undefined): object {
  const counters = Object.fromEntries(BLKIO.map((key) => [key, usage ? [] : null]))
  if (!usage?.read && !usage?.written) return counters
  const row = (op: string, value: number) => ({ major: 254, minor: 0, op, value })
  return { ...counters, io_service_bytes_recursive: [row('read', usage.read), row('write', usage.written)] }
}

const UNLIMITED = 2 ** 63 - 4096

function memory(limit: number, { memory: used }: Usage): object {
  const counters = {
    active_anon: 4096,
    active_file: 0,
    cache: 0,
    dirty: 0,
    hierarchical_memory_limit: UNLIMITED,
    hierarchical_memsw_limit: UNLIMITED,
    inactive_anon: 49152,
    inactive_file: 0,
    mapped_file: 0,
    pgfault: 1417,
    pgmajfault: 0,
    pgpgin: 1065,
    pgpgout: 1052,
    rss: used,
    rss_huge: 0,
  }
  const totals = Object.fromEntries(
    Object.entries(counters).flatMap(([key, value]) => (key.startsWith('hier') ? [] : [[`total_${key}`, value]])),
  )
  const rest = { total_unevictable: 0, total_writeback: 0, unevictable: 0, writeback: 0 }
  return { usage: used, max_usage: used, stats: { ...counters, ...totals, ...rest }, limit }
}

/** An interface for each network; the traffic is the first one's. */
function networkCounters(state: EngineState, container: Container, usage: Usage): object | undefined {
  const { networkMode } = container.hostConfig
  const settings = networkSettings(state, container) as { Networks?: object }
  const count = networkMode === 'host' || networkMode === 'none' ? 0 : Object.keys(settings.Networks ?? {}).length
  if (count === 0) return undefined
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`eth${i}`, i === 0 ? traffic(usage.received, usage.sent) : traffic(0, 0)]),
  )
}

const PACKET = 90

const traffic = (received: number, sent: number) => ({
  rx_bytes: received,
  rx_packets: Math.ceil(received / PACKET),
  rx_errors: 0,
  rx_dropped: 0,
  tx_bytes: sent,
  tx_packets: Math.ceil(sent / PACKET),
  tx_errors: 0,
  tx_dropped: 0,
})
