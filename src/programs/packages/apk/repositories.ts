import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { linesAt, put, textAt } from '../files.ts'
import type { PackageTable } from '../package.ts'
import { tell } from './report.ts'

const INDEX = '/var/cache/apk/APKINDEX'

const releaseOf = (call: Asking) => (textAt(call, '/etc/alpine-release') ?? '3.20.3').trim()

const repositories = (call: Asking) => {
  const branch = releaseOf(call).split('.').slice(0, 2).join('.')
  const listed = linesAt(call, '/etc/apk/repositories').filter((one) => !one.startsWith('#'))
  if (listed.length > 0) return listed
  return ['main', 'community'].map((one) => `https://dl-cdn.alpinelinux.org/alpine/v${branch}/${one}`)
}

/** The index is fetched where none is kept, and kept unless it is not wanted. */
export function refresh(call: Asking, line: Line, force = false): void {
  const kept = textAt(call, INDEX) !== undefined
  const forget = line.has('--no-cache')
  if (kept && !forget && !force && !line.has('-U', '--update', '--update-cache')) return
  for (const url of repositories(call)) tell(call, line, `fetch ${url}/x86_64/APKINDEX.tar.gz`)
  if (!forget) put(call, INDEX, 'index\n')
}

export function update(call: Asking, line: Line, _names: readonly string[], table: PackageTable): number {
  refresh(call, line, true)
  for (const url of repositories(call)) tell(call, line, `v${releaseOf(call)}-0-g0000000000 [${url}]`)
  tell(call, line, `OK: ${Object.keys(table).length} distinct packages available`)
  return 0
}
