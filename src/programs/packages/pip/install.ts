import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { install, put, textAt, uninstall } from '../files.ts'
import { lookup, type Named, type PackageTable, withDependencies } from '../package.ts'
import { installedOf, normal, siteOf } from './site.ts'

const REQUIREMENT = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*((?:[<>=!~]=?=?\s*[^,;\s]+\s*,?\s*)*)(?:;.*)?$/

export function installAll(call: Asking, line: Line, words: readonly string[], table: PackageTable): number {
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
