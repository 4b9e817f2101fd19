import { FileError } from '../../storage/file-error.ts'
import type { Program } from '../kernel/program.ts'
import type { Asking } from './asking.ts'
import { command, type Line, parseLine } from './command.ts'
import { install, linesAt, put, textAt, uninstall } from './files.ts'
import { lookup, type Named, type PackageTable, withDependencies } from './package.ts'

const VALUED = [
  '-r',
  '--requirement',
  '-c',
  '--constraint',
  '-i',
  '--index-url',
  '--extra-index-url',
  '-t',
  '--target',
  '-f',
  '--find-links',
  '--prefix',
  '--root',
  '--trusted-host',
  '--timeout',
  '--retries',
  '--cache-dir',
]

/** Python's package installer over a table of packages. pip 24 */
export const pip = (name: 'pip' | 'pip3', table: PackageTable): Program =>
  command(name, (call, args) => {
    const line = parseLine(args, VALUED)
    const [verb = '', ...words] = line.words
    if (line.has('--version', '-V')) {
      const site = siteOf(call)
      call.out(`pip 24.0 from ${site}/pip (python ${versionOf(site)})\n`)
      return 0
    }
    switch (verb) {
      case 'install':
        return installAll(call, line, words, table)
      case 'uninstall':
        return uninstallAll(call, words)
      case 'list':
        return list(call)
      case 'freeze':
        for (const one of installedOf(call)) if (!TOOLS.has(one.name)) call.out(`${one.name}==${one.version}\n`)
        return 0
      case 'show':
        return show(call, words)
      case 'check':
        call.out('No broken requirements found.\n')
        return 0
      case 'cache':
      case 'config':
        return 0
      default:
        if (verb === '') call.out('\nUsage:   \n  pip <command> [options]\n')
        else call.say(`ERROR: unknown command "${verb}"`)
        return verb === '' ? 0 : 1
    }
  })

const TOOLS = new Set(['pip', 'setuptools', 'wheel'])
const DEFAULT_SITE = '/usr/local/lib/python3.12/site-packages'

/** Where packages stand: in the environment's own Python, or the system's. */
function siteOf(call: Asking): string {
  const [, minor] = /^(\d+\.\d+)/.exec(call.process.env.get('PYTHON_VERSION') ?? '') ?? []
  if (minor !== undefined && !call.process.env.has('VIRTUAL_ENV')) return `/usr/local/lib/python${minor}/site-packages`
  const roots = [`${call.process.env.get('VIRTUAL_ENV') ?? '/usr/local'}/lib`, '/usr/lib']
  for (const root of roots) {
    const python = namesIn(call, root).find((name) => /^python3\.\d+$/.test(name))
    if (python) return `${root}/${python}/site-packages`
  }
  return DEFAULT_SITE
}

const versionOf = (site: string) => /python(\d+\.\d+)/.exec(site)?.[1] ?? '3.12'

function namesIn(call: Asking, path: string): string[] {
  try {
    return call.files.readdir(call.caller, path, call.here)
  } catch (error) {
    if (error instanceof FileError) return []
    throw error
  }
}

interface Installed {
  readonly name: string
  readonly version: string
  readonly directory: string
}

/** As the metadata of the site tells; pip itself is always there. */
function installedOf(call: Asking): Installed[] {
  const site = siteOf(call)
  const found = namesIn(call, site).flatMap((directory) => {
    const [, name, version] = /^(.+)-([^-]+)\.dist-info$/.exec(directory) ?? []
    const told = linesAt(call, `${site}/${directory}/METADATA`).find((line) => line.startsWith('Name: '))
    return name === undefined
      ? []
      : [{ name: told?.slice(6) ?? name, version: version!, directory: `${site}/${directory}` }]
  })
  const all = found.some(({ name }) => name === 'pip')
    ? found
    : [{ name: 'pip', version: '24.0', directory: '' }, ...found]
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** PEP 503. */
const normal = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-')
const REQUIREMENT = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*((?:[<>=!~]=?=?\s*[^,;\s]+\s*,?\s*)*)(?:;.*)?$/

function installAll(call: Asking, line: Line, words: readonly string[], table: PackageTable): number {
  const requirements = requirementsOf(call, line, words)
  if (!requirements) return 1
  if (requirements.length === 0) {
    if (words.length > 0) return 0
    call.say('ERROR: You must give at least one requirement to install (see "pip help install")')
    return 1
  }
  const here = new Map(installedOf(call).map((one) => [normal(one.name), one]))
  const wanted: Named[] = []
  for (const text of requirements) {
    const one = wantedOf(call, table, text)
    if (!one) return 1
    const there = here.get(one.name)
    if (there && (there.version === one.version || !/==/.test(text)) && !line.has('-U', '--upgrade'))
      tell(call, line, `Requirement already satisfied: ${text} in ${siteOf(call)} (${there.version})`)
    else wanted.push(one)
  }
  const needed = withDependencies(
    table,
    wanted.flatMap(({ depends }) => depends),
    (name) => here.has(name),
  )
  const fresh = [...needed.filter(({ name }) => !wanted.some((one) => one.name === name)), ...wanted]
  collect(call, line, wanted, fresh)
  for (const one of fresh) place(call, one)
  if (fresh.length === 0) return 0
  tell(call, line, `Installing collected packages: ${fresh.map(({ name }) => name).join(', ')}`)
  const told = fresh.map(({ name, version }) => `${name}-${version}`).sort()
  tell(call, line, `Successfully installed ${told.join(' ')}`)
  if (call.process.uid === 0 && !line.has('--root-user-action', '-q', '--quiet'))
    call.say(
      "WARNING: Running pip as the 'root' user can result in broken permissions and conflicting behaviour with the system package manager. It is recommended to use a virtual environment instead: https://pip.pypa.io/warnings/venv",
    )
  return 0
}

const tell = (call: Asking, line: Line, text: string) => {
  if (!line.has('-q', '--quiet')) call.out(`${text}\n`)
}

/** Names of the command line, and of the files that it names; undefined: one is not there, and that was told. */
function requirementsOf(call: Asking, line: Line, words: readonly string[]): readonly string[] | undefined {
  const file = line.value('-r', '--requirement')
  const named = words.filter((word) => !/^\.|\//.test(word))
  if (file === undefined) return named
  const text = textAt(call, file)
  if (text === undefined) {
    call.say(`ERROR: Could not open requirements file: [Errno 2] No such file or directory: '${file}'`)
    return undefined
  }
  const rows = text.split('\n').map((row) => row.replace(/(^|\s)#.*$/, '').trim())
  return [...rows.filter((row) => row !== '' && !row.startsWith('-')), ...named]
}

/** Every version that is pinned exists: the table knows the latest only. */
function wantedOf(call: Asking, table: PackageTable, text: string): Named | undefined {
  const [, name, versions = ''] = REQUIREMENT.exec(text.trim()) ?? []
  if (name === undefined) {
    call.say(`ERROR: Invalid requirement: '${text}'`)
    return undefined
  }
  const one = lookup(table, normal(name))
  if (!one) {
    call.say(`ERROR: Could not find a version that satisfies the requirement ${text} (from versions: none)`)
    call.say(`ERROR: No matching distribution found for ${text}`)
    return undefined
  }
  const pinned = /===?\s*([^,;\s*]+)/.exec(versions)?.[1]
  return pinned === undefined ? one : { ...one, version: pinned }
}

function collect(call: Asking, line: Line, wanted: readonly Named[], fresh: readonly Named[]): void {
  for (const one of [...wanted, ...fresh.filter((other) => !wanted.includes(other))]) {
    const by = fresh.find(({ depends }) => depends.includes(one.name))
    tell(call, line, `Collecting ${one.name}${wanted.includes(one) || !by ? '' : ` (from ${by.name})`}`)
    const file = `${one.name.replace(/-/g, '_')}-${one.version}-py3-none-any.whl`
    tell(call, line, `  Downloading ${file} (${Math.round(one.size / 1024)} kB)`)
  }
}

function place(call: Asking, one: Named): void {
  const site = siteOf(call)
  const module = one.name.replace(/-/g, '_')
  const directory = `${site}/${module}-${one.version}.dist-info`
  for (const old of installedOf(call)) if (normal(old.name) === one.name) uninstall(call, [old.directory])
  const paths = install(call, one)
  const rows = [`Name: ${one.name}`, `Version: ${one.version}`, `Summary: ${one.description}`]
  const needs = one.depends.map((name) => `Requires-Dist: ${name}`)
  put(call, `${directory}/METADATA`, `Metadata-Version: 2.1\n${[...rows, ...needs].join('\n')}\n`)
  put(call, `${site}/${module}/__init__.py`, `__version__ = "${one.version}"\n`)
  put(call, `${directory}/RECORD`, [...paths, `${site}/${module}`, directory].map((path) => `${path}\n`).join(''))
}

function uninstallAll(call: Asking, words: readonly string[]): number {
  for (const word of words) {
    const one = installedOf(call).find(({ name }) => normal(name) === normal(word))
    if (!one || one.directory === '') {
      call.say(`WARNING: Skipping ${word} as it is not installed.`)
      continue
    }
    const label = `${one.name}-${one.version}`
    call.out(`Found existing installation: ${one.name} ${one.version}\nUninstalling ${label}:\n`)
    uninstall(call, linesAt(call, `${one.directory}/RECORD`))
    call.out(`  Successfully uninstalled ${label}\n`)
  }
  return 0
}

function list(call: Asking): number {
  const all = installedOf(call)
  const name = Math.max(7, ...all.map((one) => one.name.length))
  const version = Math.max(7, ...all.map((one) => one.version.length))
  call.out(`${'Package'.padEnd(name)} Version\n${'-'.repeat(name)} ${'-'.repeat(version)}\n`)
  for (const one of all) call.out(`${one.name.padEnd(name)} ${one.version}\n`)
  return 0
}

function show(call: Asking, words: readonly string[]): number {
  const all = installedOf(call)
  const found = words.flatMap((word) => all.find(({ name }) => normal(name) === normal(word)) ?? [])
  const missing = words.filter((word) => !all.some(({ name }) => normal(name) === normal(word)))
  if (missing.length > 0) call.say(`WARNING: Package(s) not found: ${missing.join(', ')}`)
  call.out(found.map((one) => details(call, all, one)).join('---\n'))
  return found.length > 0 ? 0 : 1
}

function details(call: Asking, all: readonly Installed[], { name, version, directory }: Installed): string {
  const needsOf = (path: string) =>
    linesAt(call, `${path}/METADATA`).flatMap((row) => /^Requires-Dist: (.*)$/.exec(row)?.[1] ?? [])
  const summary =
    linesAt(call, `${directory}/METADATA`)
      .find((row) => row.startsWith('Summary: '))
      ?.slice(9) ?? ''
  const by = all.filter((one) => one.directory !== '' && needsOf(one.directory).includes(name)).map((one) => one.name)
  return `Name: ${name}
Version: ${version}
Summary: ${summary}
Home-page: 
Author: 
Author-email: 
License: 
Location: ${siteOf(call)}
Requires: ${needsOf(directory).sort().join(', ')}
Required-by: ${by.join(', ')}
`
}
