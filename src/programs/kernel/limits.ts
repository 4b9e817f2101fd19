/** What the machine's processes may have. */
export interface Limits {
  /** Processes at one time; fork fails beyond. */
  readonly pids: number
  /** Bytes that all processes may hold; beyond, the biggest is killed. */
  readonly memory: number
  /** What /proc/cpuinfo and `nproc` say. */
  readonly cpus: number
}
