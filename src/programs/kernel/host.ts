/** The host that all containers see: one kernel, as /proc, `uname` and the engine's /info and /version name it. */
export const KERNEL_RELEASE = '6.12.43-wavetank'
export const KERNEL_VERSION = '#1 SMP PREEMPT_DYNAMIC'
export const MACHINE = 'x86_64'
/** Bytes of memory of the host. */
export const MEMORY = 8 * 1024 ** 3
