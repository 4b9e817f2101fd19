import { FileError } from '../../storage/file-error.ts'
import { become } from '../bin/exec.ts'
import type { Program } from '../kernel/program.ts'
import type { Asking } from './asking.ts'
import { command, type Line, parseLine } from './command.ts'
import { install, put, takeAway, textAt } from './files.ts'
import { lookup, type Named, type PackageTable, withDependencies } from './package.ts'

const VERSION = '10.8.2'
const GLOBAL = '/usr/local/lib'
const VALUED = ['--prefix', '--registry', '--loglevel', '--omit', '--include', '-w', '--workspace']

interface Manifest {
  name?: string
  version?: string
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

/** Node's package manager over a table of packages. npm 10 */
export const npm = (table: PackageTable): Program =>
  command('npm', (call, args) => {
    const dashes = args.indexOf('--')
    const line = parseLine(dashes < 0 ? args : args.slice(0, dashes), VALUED)
    const rest = dashes < 0 ? [] : args.slice(dashes + 1)
    const [verb = '', ...words] = line.words
    if (line.has('--version', '-v')) {
      call.out(`${VERSION}\n`)
      return 0
    }
    switch (verb) {
      case 'install':
      case 'i':
      case 'add':
        return installAll(call, line, words, table)
      case 'ci':
        return clean(call, line, table)
      case 'uninstall':
      case 'remove':
      case 'rm':
        return uninstallAll(call, line, words)
      case 'init':
        return init(call)
      case 'run':
      case 'run-script':
        return run(call, words[0], [...words.slice(1), ...rest])
      case 'test':
      case 'start':
      case 'stop':
        return run(call, verb, [...words, ...rest])
      case 'ls':
      case 'list':
        return list(call, line)
      case 'config':
      case 'cache':
      case 'set':
      case 'prune':
      case 'audit':
        return 0
      default:
        call.out(
          verb === ''
            ? 'npm <command>\n\nUsage:\n\nnpm install        install all the dependencies in your project\n'
            : '',
        )
        if (verb !== '')
          call.say(`Unknown command: "${verb}"\n\nTo see a list of supported npm commands, run:\n  npm help`)
        return 1
    }
  })

/** Runs a command of a package, which is fetched where it is not there. */
export const npx = (table: PackageTable): Program =>
  command('npx', (call, args) => {
    const [first = '', ...rest] = args.filter((arg, i) => !/^(-y|--yes|--no-install)$/.test(arg) || i > 2)
    const [name] = split(first)
    const own = `${modules(call, parseLine([]))}/.bin`
    const cache = '/root/.npm/_npx/node_modules/.bin'
    if (textAt(call, `${own}/${name}`) === undefined && textAt(call, `/usr/local/bin/${name}`) === undefined) {
      const one = lookup(table, name)
      if (!one) return missing(call, name, '*')
      const bin = Object.entries(one.bin).map(([command, program]) => [`${cache}/${command}`, program])
      install(call, { ...one, bin: Object.fromEntries(bin) })
    }
    const env = new Map(call.process.env)
    env.set('PATH', `${own}:${cache}:${env.get('PATH') ?? ''}`)
    become(call, [name, ...rest], env)
    return undefined
  })

const LOG = 'npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log'
/** Lines of an error, each with npm's own beginning. */
const fail = (call: Asking, ...lines: readonly string[]) => {
  for (const line of lines) call.say(`npm error${line === '' ? '' : ` ${line}`}`)
  call.say(LOG)
  return 1
}

const isGlobal = (line: Line) => line.has('-g', '--global')
const cwd = ({ kernel, process }: Asking) => kernel.namespace.pathOf(process.cwd)
const modules = (call: Asking, line: Line) => `${isGlobal(line) ? GLOBAL : cwd(call).replace(/^\/$/, '')}/node_modules`
const binaries = (call: Asking, line: Line) => (isGlobal(line) ? '/usr/local/bin' : `${modules(call, line)}/.bin`)

/** Undefined: there is none, or it is none. */
function manifestOf(call: Asking): Manifest | undefined {
  const text = textAt(call, 'package.json')
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Manifest
  } catch {
    return undefined
  }
}

const saveManifest = (call: Asking, manifest: Manifest) =>
  put(call, 'package.json', `${JSON.stringify(manifest, null, 2)}\n`)

function installAll(call: Asking, line: Line, words: readonly string[], table: PackageTable): number {
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
function split(word: string): [name: string, range: string] {
  const at = word.indexOf('@', 1)
  return at < 0 ? [word, '*'] : [word.slice(0, at), word.slice(at + 1)]
}

function missing(call: Asking, name: string, range: string): number {
  const escaped = name.replace('/', '%2f')
  return fail(
    call,
    'code E404',
    `404 Not Found - GET https://registry.npmjs.org/${escaped} - Not found`,
    '404',
    `404  '${name}@${range}' is not in this registry.`,
    '404',
    '404 Note that you can also install from a',
    '404 tarball, folder, http url, or git folder.',
  )
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

function lock(call: Asking, line: Line): void {
  const manifest = manifestOf(call) ?? {}
  const packages = installedIn(call, modules(call, line)).map(({ name, version }) => [
    `node_modules/${name}`,
    { version },
  ])
  const { name = 'app', version = '1.0.0' } = manifest
  const root = { name, version, dependencies: manifest.dependencies }
  const document = {
    name,
    version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...Object.fromEntries(packages) },
  }
  put(call, 'package-lock.json', `${JSON.stringify(document, null, 2)}\n`)
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

function clean(call: Asking, line: Line, table: PackageTable): number {
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

function uninstallAll(call: Asking, line: Line, words: readonly string[]): number {
  const gone = words.filter((name) => textAt(call, `${modules(call, line)}/${name}/package.json`) !== undefined)
  for (const name of gone) takeAway(call, `${modules(call, line)}/${name}`)
  const manifest = manifestOf(call)
  if (manifest && !isGlobal(line)) {
    for (const key of ['dependencies', 'devDependencies'] as const)
      for (const name of words) delete manifest[key]?.[name]
    saveManifest(call, manifest)
    lock(call, line)
  }
  const did = gone.length === 0 ? 'up to date' : `removed ${gone.length} package${gone.length === 1 ? '' : 's'}`
  call.out(`\n${did} in 1s\n`)
  return 0
}

function init(call: Asking): number {
  const path = cwd(call)
  const manifest = {
    name: path.slice(path.lastIndexOf('/') + 1) || 'app',
    version: '1.0.0',
    main: 'index.js',
    scripts: { test: 'echo "Error: no test specified" && exit 1' },
    keywords: [],
    author: '',
    license: 'ISC',
    description: '',
  }
  saveManifest(call, manifest)
  call.out(`Wrote to ${path.replace(/^\/$/, '')}/package.json:\n\n${JSON.stringify(manifest, null, 2)}\n\n\n`)
  return 0
}

/** A script of package.json: npm becomes the shell that runs it. */
function run(call: Asking, script: string | undefined, rest: readonly string[]): number | undefined {
  const { name = '', version = '', scripts = {} } = manifestOf(call) ?? {}
  if (script === undefined) {
    for (const [key, text] of Object.entries(scripts)) call.out(`  ${key}\n    ${text}\n`)
    return 0
  }
  const own =
    scripts[script] ?? (script === 'start' && textAt(call, 'server.js') !== undefined ? 'node server.js' : undefined)
  if (own === undefined)
    return fail(call, `Missing script: "${script}"`, '', 'To see a list of scripts, run:', '  npm run')
  const text = [own, ...rest].join(' ')
  call.kernel.puts(call.process, 1, `\n> ${name}@${version} ${script}\n> ${text}\n\n`)
  const env = new Map(call.process.env)
  env.set('PATH', `${cwd(call)}/node_modules/.bin:${env.get('PATH') ?? ''}`)
  env.set('npm_lifecycle_event', script)
  become(call, ['sh', '-c', text], env)
  return undefined
}

function installedIn(call: Asking, directory: string): { name: string; version: string }[] {
  const names = (path: string): string[] => {
    try {
      return call.files.readdir(call.caller, path, call.here).filter((name) => !name.startsWith('.'))
    } catch (error) {
      if (error instanceof FileError) return []
      throw error
    }
  }
  const all = names(directory).flatMap((name) =>
    name.startsWith('@') ? names(`${directory}/${name}`).map((own) => `${name}/${own}`) : [name],
  )
  return all.sort().flatMap((name) => {
    const text = textAt(call, `${directory}/${name}/package.json`)
    return text === undefined ? [] : [{ name, version: (JSON.parse(text) as Manifest).version ?? '' }]
  })
}

function list(call: Asking, line: Line): number {
  const found = installedIn(call, modules(call, line))
  const all =
    isGlobal(line) && !found.some(({ name }) => name === 'npm')
      ? [...found, { name: 'npm', version: VERSION }].sort((a, b) => (a.name < b.name ? -1 : 1))
      : found
  const { name = '', version = '', dependencies = {}, devDependencies = {} } = manifestOf(call) ?? {}
  const top = isGlobal(line) ? all : all.filter((one) => one.name in { ...dependencies, ...devDependencies })
  call.out(isGlobal(line) ? `${GLOBAL}\n` : `${name === '' ? '' : `${name}@${version} `}${cwd(call)}\n`)
  if (top.length === 0) call.out('└── (empty)\n')
  for (const [i, one] of top.entries()) call.out(`${i === top.length - 1 ? '└──' : '├──'} ${one.name}@${one.version}\n`)
  call.out('\n')
  return 0
}
