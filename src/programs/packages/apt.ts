import type { Program } from '../kernel/program.ts'
import type { Asking } from './asking.ts'
import { command, type Line, parseLine } from './command.ts'
import { forgetList, listOf, saveList, saveUnpacked, type Unpacked, unpacked, unpackedOf } from './dpkg-database.ts'
import { install, linesAt, put, textAt, uninstall } from './files.ts'
import { lookup, type Named, type PackageTable, withDependencies } from './package.ts'

const VALUED = ['-o', '-t', '-c', '--option', '--target-release']
const LISTS = '/var/lib/apt/lists/archive_InRelease'
const READING = 'Reading package lists...\n'
const STATE = `${READING}Building dependency tree...\nReading state information...\n`

interface Run {
  readonly call: Asking
  readonly line: Line
  readonly table: PackageTable
}

/** Debian's package manager over a table of packages, by both of its names. apt 2.6 */
export const apt = (name: 'apt' | 'apt-get', table: PackageTable): Program =>
  command(name, (call, args) => {
    const line = parseLine(args, VALUED)
    const [verb = '', ...names] = line.words
    if (line.has('--version', '-v')) {
      call.out('apt 2.6.1 (amd64)\n')
      return 0
    }
    if (name === 'apt') call.say('\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n')
    if (call.process.uid !== 0 && verb !== 'list') return locked(call)
    return dispatch({ call, line, table }, verb, names)
  })

function dispatch(run: Run, verb: string, names: readonly string[]): number {
  switch (verb) {
    case 'update':
      return update(run)
    case 'install':
      return installAll(run, names)
    case 'remove':
    case 'purge':
      return remove(run, names)
    case 'autoremove':
    case 'auto-remove':
      return remove(run, [])
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
      run.call.out(`${STATE}Calculating upgrade...\n${counts(0, 0)}`)
      return 0
    case 'clean':
    case 'autoclean':
      return 0
    case 'list':
      return list(run.call)
    default:
      run.call.say(`E: Invalid operation ${verb}`)
      return 100
  }
}

/** `-q` leaves out the dots, `-qq` everything. */
function tell({ call, line }: Run, text: string): void {
  if (!line.has('--quiet') && !call.process.argv.some((arg) => /^-q(q|=2)/.test(arg))) call.out(text)
}

function locked(call: Asking): number {
  call.say('E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)')
  call.say('E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?')
  return 100
}

const counts = (fresh: number, gone: number) =>
  `0 upgraded, ${fresh} newly installed, ${gone} to remove and 0 not upgraded.\n`

/** Where the distribution has its packages. */
function archiveOf(call: Asking): { readonly url: string; readonly security: string; readonly codename: string } {
  const told = new Map(linesAt(call, '/etc/os-release').map((line) => line.split('=', 2) as [string, string]))
  const codename = told.get('VERSION_CODENAME') ?? 'bookworm'
  if (told.get('ID') === 'ubuntu')
    return { url: 'http://archive.ubuntu.com/ubuntu', security: 'http://security.ubuntu.com/ubuntu', codename }
  return { url: 'http://deb.debian.org/debian', security: 'http://deb.debian.org/debian-security', codename }
}

function update(run: Run): number {
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

function installAll(run: Run, words: readonly string[]): number {
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

/** Nobody is there to say yes; `-qq` takes it for granted. */
function agreed({ call, line }: Run): boolean {
  if (line.has('-y', '--yes', '--assume-yes') || call.process.argv.some((arg) => /^-([a-z]*y|qq)/.test(arg)))
    return true
  call.out('Do you want to continue? [Y/n] Abort.\n')
  return false
}

const sizeOf = (packages: readonly Named[]) => packages.reduce((sum, { size }) => sum + size, 0)

function kilobytes(bytes: number): string {
  const kilo = bytes / 1000
  if (kilo < 10_000) return `${grouped(Math.round(kilo))} kB`
  return `${kilo < 100_000 ? (kilo / 1000).toFixed(1) : grouped(Math.round(kilo / 1000))} MB`
}

/** `4,711` */
const grouped = (number: number) => String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** Names in lines of at most 79 characters. */
function wrapped(packages: readonly { readonly name: string }[]): string {
  let line = ' '
  let text = ''
  for (const { name } of [...packages].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (line.length + name.length + 1 > 79) {
      text += `${line}\n`
      line = ' '
    }
    line += ` ${name}`
  }
  return `${text}${line}\n`
}

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

function remove(run: Run, names: readonly string[]): number {
  const { call, table } = run
  const all = unpackedOf(call)
  tell(run, STATE)
  for (const name of names) {
    if (all.has(name)) continue
    if (textAt(call, LISTS) === undefined || !lookup(table, name)) {
      call.say(`E: Unable to locate package ${name}`)
      return 100
    }
    tell(run, `Package '${name}' is not installed, so not removed\n`)
  }
  const asked = names.flatMap((name) => all.get(name) ?? [])
  const sweeps = names.length === 0 || run.line.has('--auto-remove', '--autoremove')
  const orphans = orphansOf(all, asked)
  const gone = sweeps ? [...asked, ...orphans] : asked
  if (!sweeps && orphans.length > 0)
    tell(
      run,
      `The following packages were automatically installed and are no longer required:\n${wrapped(orphans)}Use 'apt autoremove' to remove them.\n`,
    )
  if (gone.length > 0) tell(run, `The following packages will be REMOVED:\n${wrapped(gone)}`)
  tell(run, counts(0, gone.length))
  if (gone.length === 0) return 0
  tell(
    run,
    `After this operation, ${kilobytes(gone.reduce((sum, { size }) => sum + size * 1024, 0))} disk space will be freed.\n`,
  )
  if (!agreed(run)) return 1
  for (const [i, { name, version }] of gone.entries()) {
    if (i === 0) tell(run, `(Reading database ... ${6000 + all.size * 7} files and directories currently installed.)\n`)
    tell(run, `Removing ${name} (${version}) ...\n`)
    uninstall(call, ownFiles(listOf(call, name)))
    forgetList(call, name)
    all.delete(name)
  }
  saveUnpacked(call, all)
  return 0
}

/** Directories stay. */
const ownFiles = (paths: readonly string[]) =>
  paths.filter((path) => path !== '/.' && !paths.some((other) => other.startsWith(`${path}/`)))

/** What came with others and is needed by none of those that stay. */
function orphansOf(all: ReadonlyMap<string, Unpacked>, gone: readonly Unpacked[]): Unpacked[] {
  const needed = new Set<string>()
  const visit = (name: string) => {
    if (needed.has(name)) return
    needed.add(name)
    for (const one of all.get(name)?.depends ?? []) visit(one)
  }
  for (const one of all.values()) if (!one.automatic && !gone.includes(one)) visit(one.name)
  return [...all.values()].filter((one) => one.automatic && !needed.has(one.name) && !gone.includes(one))
}

function list(call: Asking): number {
  call.out('Listing...\n')
  for (const { name, version, automatic } of [...unpackedOf(call).values()].sort((a, b) => (a.name < b.name ? -1 : 1)))
    call.out(`${name}/stable,now ${version} amd64 [installed${automatic ? ',automatic' : ''}]\n`)
  return 0
}
