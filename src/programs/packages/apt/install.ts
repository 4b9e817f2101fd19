import { saveList, saveUnpacked, type Unpacked, unpacked, unpackedOf } from '../dpkg/database.ts'
import { install, textAt } from '../files.ts'
import { lookup, type Named, withDependencies } from '../package.ts'
import { agreed, counts, kilobytes, type Run, STATE, sizeOf, tell, wrapped } from './report.ts'
import { archiveOf, LISTS } from './update.ts'

export function installAll(run: Run, words: readonly string[]): number {
  const { call, table } = run
  const all = unpackedOf(call)
  tell(run, STATE)
  const wanted: Named[] = []
  for (const word of words) {
    const found = wantedOf(run, all, word)
    if (!found) return 100
    if ('automatic' in found) tell(run, `${found.name} is already the newest version (${found.version}).\n`)
    else wanted.push(found)
  }
  const fresh = withDependencies(
    table,
    wanted.map(({ name }) => name),
    (name) => all.has(name),
  )
  const extra = fresh.filter(({ name }) => !wanted.some((one) => one.name === name))
  if (extra.length > 0) tell(run, `The following additional packages will be installed:\n${wrapped(extra)}`)
  if (fresh.length > 0) tell(run, `The following NEW packages will be installed:\n${wrapped(fresh)}`)
  tell(run, counts(fresh.length, 0))
  if (fresh.length === 0) return 0
  tell(run, `Need to get ${kilobytes(sizeOf(fresh) * 0.3)} of archives.\n`)
  tell(run, `After this operation, ${kilobytes(sizeOf(fresh))} of additional disk space will be used.\n`)
  if (extra.length > 0 && !agreed(run)) return 1
  unpackAll(run, all, fresh, new Set(extra.map(({ name }) => name)))
  return 0
}

/** Without lists nothing is known but what is there; undefined: that was told. */
function wantedOf(
  { call, table }: Run,
  all: ReadonlyMap<string, Unpacked>,
  word: string,
): Named | Unpacked | undefined {
  const [name = '', version] = word.replace(/[/+].*$/, (rest) => (rest.startsWith('/') ? '' : rest)).split('=')
  const there = all.get(name)
  if (there && (version === undefined || version === there.version)) return there
  const found = textAt(call, LISTS) === undefined ? undefined : lookup(table, name)
  if (!found) call.say(`E: Unable to locate package ${name}`)
  else if (version !== undefined && !versionFits(found.version, version))
    call.say(`E: Version '${version}' for '${name}' was not found`)
  else return found
  return undefined
}

const versionFits = (own: string, asked: string) =>
  asked.endsWith('*') ? own.startsWith(asked.slice(0, -1)) : own === asked

function unpackAll(
  run: Run,
  all: Map<string, Unpacked>,
  fresh: readonly Named[],
  automatic: ReadonlySet<string>,
): void {
  const { call } = run
  const { url, codename } = archiveOf(call)
  for (const [i, { name, version, size }] of fresh.entries())
    tell(run, `Get:${i + 1} ${url} ${codename}/main amd64 ${name} amd64 ${version} [${kilobytes(size * 0.3)}]\n`)
  call.say('debconf: delaying package configuration, since apt-utils is not installed')
  tell(run, `Fetched ${kilobytes(sizeOf(fresh) * 0.3)} in 0s (24.0 MB/s)\n`)
  for (const [i, one] of fresh.entries()) {
    const file = `${one.name}_${one.version.replace(':', '%3a')}_amd64.deb`
    tell(run, `Selecting previously unselected package ${one.name}.\n`)
    if (i === 0) tell(run, `(Reading database ... ${6000 + all.size * 7} files and directories currently installed.)\n`)
    tell(run, `Preparing to unpack .../${file} ...\nUnpacking ${one.name} (${one.version}) ...\n`)
    saveList(call, one.name, install(call, one))
    all.set(one.name, unpacked(one, automatic.has(one.name)))
  }
  for (const { name, version } of fresh) tell(run, `Setting up ${name} (${version}) ...\n`)
  tell(run, `Processing triggers for libc-bin (${all.get('libc-bin')?.version ?? '2.36-9+deb12u9'}) ...\n`)
  saveUnpacked(call, all)
}
