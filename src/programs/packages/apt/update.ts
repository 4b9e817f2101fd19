import type { Asking } from '../asking.ts'
import { linesAt, put } from '../files.ts'
import { READING, type Run, tell } from './report.ts'

export const LISTS = '/var/lib/apt/lists/archive_InRelease'

/** Where the distribution has its packages. */
export function archiveOf(call: Asking): {
  readonly url: string
  readonly security: string
  readonly codename: string
} {
  const told = new Map(linesAt(call, '/etc/os-release').map((line) => line.split('=', 2) as [string, string]))
  const codename = told.get('VERSION_CODENAME') ?? 'bookworm'
  if (told.get('ID') === 'ubuntu')
    return { url: 'http://archive.ubuntu.com/ubuntu', security: 'http://security.ubuntu.com/ubuntu', codename }
  return { url: 'http://deb.debian.org/debian', security: 'http://deb.debian.org/debian-security', codename }
}

export function update(run: Run): number {
  const { call } = run
  const { url, security, codename } = archiveOf(call)
  const sources = [
    `${url} ${codename} InRelease [151 kB]`,
    `${url} ${codename}-updates InRelease [55.4 kB]`,
    `${security} ${codename}-security InRelease [48.0 kB]`,
    `${url} ${codename}/main amd64 Packages [8789 kB]`,
    `${url} ${codename}-updates/main amd64 Packages [8856 B]`,
    `${security} ${codename}-security/main amd64 Packages [243 kB]`,
  ]
  tell(run, sources.map((source, i) => `Get:${i + 1} ${source}\n`).join(''))
  tell(run, `Fetched 9295 kB in 1s (9295 kB/s)\n${READING}`)
  put(call, LISTS, `Suite: stable\nCodename: ${codename}\n`)
  return 0
}
