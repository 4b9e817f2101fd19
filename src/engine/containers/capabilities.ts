import { Problem } from '../../core/problem.ts'

const KNOWN = new Set(
  `AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER
  FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE
  NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE
  SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM ALL`.split(/\s+/),
)

/** moby: oci/caps NormalizeLegacyCapabilities */
export function verifyCapabilities(field: 'CapAdd' | 'CapDrop', names: readonly string[] | null): void {
  for (const name of names ?? []) {
    const upper = name.toUpperCase()
    if (KNOWN.has(upper.replace(/^CAP_/, ''))) continue
    const full = upper.startsWith('CAP_') ? upper : `CAP_${upper}`
    throw new Problem('InvalidParameter', `invalid ${field}: unknown capability: ${JSON.stringify(full)}`)
  }
}
