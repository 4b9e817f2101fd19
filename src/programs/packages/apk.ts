import type { Program } from '../kernel/program.ts'
import { type Installed, installed, installedOf, saveInstalled, saveWorld, worldOf } from './apk-database.ts'
import type { Asking } from './asking.ts'
import { command, type Line, parseLine } from './command.ts'
import { install, linesAt, put, textAt, uninstall } from './files.ts'
import { globPattern } from './glob.ts'
import { lookup, type Named, type PackageTable, withDependencies } from './package.ts'

const VERSION = 'apk-tools 2.14.4, compiled for x86_64.'
const VALUED = [
  '-t',
  '--virtual',
  '-X',
  '--repository',
  '-p',
  '--root',
  '--arch',
  '--keys-dir',
  '--wait',
  '--cache-max-age',
]
const INDEX = '/var/cache/apk/APKINDEX'

type Verb = (call: Asking, line: Line, names: readonly string[], table: PackageTable) => number

/** Alpine's package manager over a table of packages. apk-tools 2.14 */
export const apk = (table: PackageTable): Program =>
  command('apk', (call, args) => {
    const line = parseLine(args, VALUED)
    const [name = '', ...names] = line.words
    if (line.has('--version', '-V') || name === '--version') {
      call.out(`${VERSION}\n`)
      return 0
    }
    const verb = VERBS[name]
    if (!verb) {
      call.out(`${VERSION}\n\nusage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]\n`)
      return 1
    }
    if (CHANGES.has(name) && call.process.uid !== 0) {
      call.say('ERROR: Unable to lock database: Permission denied')
      call.say('ERROR: Failed to open apk database: Permission denied')
      return 99
    }
    return verb(call, line, names, table)
  })

const CHANGES = new Set(['add', 'del', 'update', 'upgrade', 'fix'])
const VERBS: Readonly<Record<string, Verb>> = {
  add,
  del,
  update,
  upgrade: (call, line) => {
    refresh(call, line)
    return over(call, line, installedOf(call))
  },
  fix: (call, line) => over(call, line, installedOf(call)),
  cache: () => 0,
  info,
  list,
  search,
}

function tell(call: Asking, line: Line, text: string): void {
  if (!line.has('-q', '--quiet')) call.out(`${text}\n`)
}

const releaseOf = (call: Asking) => (textAt(call, '/etc/alpine-release') ?? '3.20.3').trim()
const repositories = (call: Asking) => {
  const branch = releaseOf(call).split('.').slice(0, 2).join('.')
  const listed = linesAt(call, '/etc/apk/repositories').filter((one) => !one.startsWith('#'))
  if (listed.length > 0) return listed
  return ['main', 'community'].map((one) => `https://dl-cdn.alpinelinux.org/alpine/v${branch}/${one}`)
}

/** The index is fetched where none is kept, and kept unless it is not wanted. */
function refresh(call: Asking, line: Line, force = false): void {
  const kept = textAt(call, INDEX) !== undefined
  const forget = line.has('--no-cache')
  if (kept && !forget && !force && !line.has('-U', '--update', '--update-cache')) return
  for (const url of repositories(call)) tell(call, line, `fetch ${url}/x86_64/APKINDEX.tar.gz`)
  if (!forget) put(call, INDEX, 'index\n')
}

function update(call: Asking, line: Line, _names: readonly string[], table: PackageTable): number {
  refresh(call, line, true)
  for (const url of repositories(call)) tell(call, line, `v${releaseOf(call)}-0-g0000000000 [${url}]`)
  tell(call, line, `OK: ${Object.keys(table).length} distinct packages available`)
  return 0
}

/** `curl`, `curl=8.9.1-r1`, `curl~8`, `curl>8`. */
const CONSTRAINT = /^([^=<>~@]+)(?:([=<>~]+)(.+?))?(?:@.*)?$/

function add(call: Asking, line: Line, names: readonly string[], table: PackageTable): number {
  refresh(call, line)
  const all = installedOf(call)
  const virtual = line.value('-t', '--virtual')
  const wanted = names.map((name) => CONSTRAINT.exec(name)?.[1] ?? name)
  const wrong = names.flatMap((name) => problemOf(table, all, name, virtual))
  if (wrong.length > 0) {
    call.say(`ERROR: unable to select packages:\n${wrong.join('\n')}`)
    return 1
  }
  const bundle: Named[] = virtual === undefined ? [] : [virtualOf(call, virtual, wanted)]
  const fresh = [...bundle, ...withDependencies(table, wanted, (name) => all.has(name))]
  for (const [i, one] of fresh.entries()) {
    tell(call, line, `(${i + 1}/${fresh.length}) Installing ${one.name} (${one.version})`)
    all.set(one.name, installed(one, install(call, one)))
  }
  saveWorld(call, [...worldOf(call), ...(virtual === undefined ? names : [virtual])])
  return finish(
    call,
    line,
    all,
    fresh.map(({ name }) => name),
  )
}

function virtualOf({ kernel }: Asking, name: string, depends: readonly string[]): Named {
  const version = new Date(kernel.now / 1000).toISOString().replace(/[-:]/g, '').replace('T', '.').slice(0, 15)
  return { name, version, description: 'virtual meta package', size: 0, depends, bin: {}, files: {} }
}

function problemOf(
  table: PackageTable,
  all: ReadonlyMap<string, Installed>,
  asked: string,
  virtual: string | undefined,
): string[] {
  const [, name = asked, operator, version = ''] = CONSTRAINT.exec(asked) ?? []
  const by = virtual === undefined ? `world[${asked}]` : `${virtual}[${asked}]`
  const one = all.get(name) ?? lookup(table, name)
  if (!one) return [`  ${name} (no such package):`, `    required by: ${by}`]
  const fits =
    operator === undefined ||
    operator.includes('>') ||
    operator.includes('<') ||
    matches(one.version, operator, version)
  return fits ? [] : [`  ${name}-${one.version}:`, `    breaks: ${by}`]
}

const matches = (own: string, operator: string, version: string) =>
  operator.includes('~')
    ? own === version || own.startsWith(`${version}.`) || own.startsWith(`${version}-`)
    : own === version

function del(call: Asking, line: Line, names: readonly string[]): number {
  const all = installedOf(call)
  const world = worldOf(call).filter((one) => !names.includes(CONSTRAINT.exec(one)?.[1] ?? one))
  const kept = needed(
    all,
    world.map((one) => CONSTRAINT.exec(one)?.[1] ?? one),
  )
  // What nobody needs any more goes with it, the asking first.
  const gone = [...all.values()].reverse().filter(({ name }) => !kept.has(name))
  const asked = gone.filter(({ name }) => names.includes(name))
  const order = [...asked, ...gone.filter(({ name }) => !names.includes(name))]
  for (const [i, one] of order.entries()) {
    tell(call, line, `(${i + 1}/${order.length}) Purging ${one.name} (${one.version})`)
    uninstall(call, one.files)
    all.delete(one.name)
  }
  saveWorld(call, world)
  return finish(
    call,
    line,
    all,
    order.map(({ name }) => name),
  )
}

/** The world, and all that it needs. */
function needed(all: ReadonlyMap<string, Installed>, world: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (name: string) => {
    if (found.has(name)) return
    found.add(name)
    for (const one of all.get(name)?.depends ?? []) visit(one)
  }
  const roots = [
    'alpine-baselayout',
    'alpine-keys',
    'apk-tools',
    'busybox',
    'busybox-binsh',
    'musl-utils',
    'ssl_client',
  ]
  for (const name of [...roots, ...world]) visit(name)
  return found
}

function finish(call: Asking, line: Line, all: ReadonlyMap<string, Installed>, changed: readonly string[]): number {
  saveInstalled(call, all)
  const triggers = ['busybox', 'ca-certificates'].filter((name) => all.has(name) && changed.length > 0)
  for (const name of triggers)
    if (name === 'busybox' || changed.includes(name))
      tell(call, line, `Executing ${name}-${all.get(name)!.version}.trigger`)
  return over(call, line, all)
}

function over(call: Asking, line: Line, all: ReadonlyMap<string, Installed>): number {
  const size = [...all.values()].reduce((sum, one) => sum + one.size, 0)
  tell(call, line, `OK: ${Math.round(size / 1024 / 1024)} MiB in ${all.size} packages`)
  return 0
}

function info(call: Asking, line: Line, names: readonly string[]): number {
  const all = installedOf(call)
  if (names.length === 0) {
    for (const one of [...all.values()].sort(byName)) call.out(`${labelOf(one, line)}\n`)
    return 0
  }
  let code = 0
  for (const name of names) {
    const one = all.get(name)
    if (!one) code = 1
    else if (line.has('-e', '--installed')) call.out(`${name}\n`)
    else call.out(detailsOf(one, line))
  }
  return code
}

const byName = (a: Installed, b: Installed) => (a.name < b.name ? -1 : 1)

function labelOf({ name, version, description }: Installed, line: Line): string {
  if (line.has('-v', '--verbose')) return `${name}-${version}`
  return line.has('-d') ? `${name} - ${description}` : name
}

function detailsOf({ name, version, description, size, depends, files }: Installed, line: Line): string {
  const label = `${name}-${version}`
  const parts = [
    ...(line.has('-L', '--contents')
      ? [`${label} contains:\n${files.map((path) => `${path.slice(1)}\n`).join('')}`]
      : []),
    ...(line.has('-R', '--depends') ? [`${label} depends on:\n${depends.map((one) => `${one}\n`).join('')}`] : []),
  ]
  const usual = [
    `${label} description:\n${description}\n`,
    `${label} webpage:\nhttps://pkgs.alpinelinux.org/package/${name}\n`,
    `${label} installed size:\n${Math.round(size / 1024)} KiB\n`,
  ]
  return (parts.length > 0 ? parts : usual).map((part) => `${part}\n`).join('')
}

function search(call: Asking, line: Line, names: readonly string[], table: PackageTable): number {
  refresh(call, line)
  for (const name of Object.keys(table).sort()) {
    const one = lookup(table, name)!
    const texts = line.has('-d', '--description') ? [name, one.description] : [name]
    const found = names.length === 0 || names.some((text) => texts.some((own) => isLike(own, text, line)))
    if (found && name !== '*')
      call.out(`${name}-${one.version}${line.has('-v', '-d') ? ` - ${one.description}` : ''}\n`)
  }
  return 0
}

const isLike = (own: string, text: string, line: Line) =>
  line.has('-e', '--exact') ? own === text : /[*?[]/.test(text) ? globPattern(text).test(own) : own.includes(text)

function list(call: Asking, line: Line, names: readonly string[], table: PackageTable): number {
  const all = installedOf(call)
  const only = line.has('-I', '--installed')
  for (const name of Object.keys(only ? Object.fromEntries(all) : table).sort()) {
    if (name === '*' || (names.length > 0 && !names.includes(name))) continue
    const { version } = all.get(name) ?? lookup(table, name)!
    call.out(`${name}-${version} x86_64 {${name}} (custom)${all.has(name) ? ' [installed]' : ''}\n`)
  }
  return 0
}
