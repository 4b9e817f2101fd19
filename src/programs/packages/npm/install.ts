import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { install, put, takeAway, textAt } from '../files.ts'
import { lookup, type Named, type PackageTable, withDependencies } from '../package.ts'
import { fail, missing } from './failure.ts'
import { lock, type Manifest, manifestOf, saveManifest } from './manifest.ts'
import { binaries, cwd, installedIn, isGlobal, modules } from './modules.ts'

export function installAll(call: Asking, line: Line, words: readonly string[], table: PackageTable): number {
  const manifest = manifestOf(call)
  if (words.length === 0 && !manifest)
    return fail(
      call,
      'code ENOENT',
      'syscall open',
      `path ${cwd(call)}/package.json`,
      'errno -2',
      `enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${cwd(call)}/package.json'`,
      'enoent This is related to npm not being able to find a file.',
      'enoent',
    )
  const production =
    line.value('--omit') === 'dev' || line.has('--production') || call.process.env.get('NODE_ENV') === 'production'
  const listed = { ...manifest?.dependencies, ...(production ? {} : manifest?.devDependencies) }
  const asked = words.length > 0 ? words.map(split) : Object.entries(listed)
  const wanted: Named[] = []
  for (const [name, range] of asked) {
    const one = lookup(table, name)
    if (!one) return missing(call, name, range)
    wanted.push({ ...one, version: /^\d+\.\d+\.\d+$/.test(range) ? range : one.version })
  }
  const here = new Set(installedIn(call, modules(call, line)).map(({ name }) => name))
  const needed = withDependencies(
    table,
    wanted.flatMap(({ depends }) => depends),
    (name) => here.has(name),
  )
  const fresh = [
    ...needed.filter((one) => !wanted.some(({ name }) => name === one.name)),
    ...wanted.filter(({ name }) => !here.has(name)),
  ]
  for (const one of fresh) place(call, line, one)
  if (words.length > 0 && !isGlobal(line)) record(call, line, manifest ?? {}, wanted)
  if (!isGlobal(line)) lock(call, line)
  return told(call, line, fresh.length)
}

/** `express@4`, `@types/node`. */
export function split(word: string): [name: string, range: string] {
  const at = word.indexOf('@', 1)
  return at < 0 ? [word, '*'] : [word.slice(0, at), word.slice(at + 1)]
}

function place(call: Asking, line: Line, one: Named): void {
  const directory = `${modules(call, line)}/${one.name}`
  const commands = Object.keys(one.bin)
  const bin = Object.fromEntries(commands.map((name) => [`${binaries(call, line)}/${name}`, one.bin[name]!]))
  const dependencies = Object.fromEntries(one.depends.map((name) => [name, '*']))
  const manifest = { name: one.name, version: one.version, description: one.description, dependencies }
  put(call, `${directory}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`)
  put(call, `${directory}/index.js`, 'module.exports = {}\n')
  install(call, { ...one, bin })
}

function record(call: Asking, line: Line, manifest: Manifest, wanted: readonly Named[]): void {
  const key = line.has('-D', '--save-dev') ? 'devDependencies' : 'dependencies'
  const exact = line.has('-E', '--save-exact') ? '' : '^'
  const added = Object.fromEntries(wanted.map(({ name, version }) => [name, `${exact}${version}`]))
  const all = Object.entries({ ...manifest[key], ...added }).sort(([a], [b]) => (a < b ? -1 : 1))
  saveManifest(call, { ...manifest, [key]: Object.fromEntries(all) })
}

function told(call: Asking, line: Line, added: number): number {
  const plural = (count: number) => `${count} package${count === 1 ? '' : 's'}`
  const did = added === 0 ? 'up to date' : `added ${plural(added)}`
  if (isGlobal(line)) call.out(`\n${did} in 1s\n`)
  else
    call.out(
      `\n${did}, and audited ${plural(installedIn(call, modules(call, line)).length + 1)} in 1s\n\nfound 0 vulnerabilities\n`,
    )
  return 0
}

export function clean(call: Asking, line: Line, table: PackageTable): number {
  if (textAt(call, 'package-lock.json') === undefined)
    return fail(
      call,
      'code EUSAGE',
      '',
      'The `npm ci` command can only install with an existing package-lock.json or',
      'npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or',
      'later to generate a package-lock.json file, then try again.',
      '',
    )
  takeAway(call, modules(call, line))
  return installAll(call, line, [], table)
}
