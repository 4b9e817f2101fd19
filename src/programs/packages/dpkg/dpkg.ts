import type { Program } from '../../kernel/program.ts'
import type { Asking } from '../asking.ts'
import { command, parseLine } from '../command.ts'
import { globPattern } from '../glob.ts'
import { listOf, stanza, type Unpacked, unpackedOf } from './database.ts'

/** Debian's package tool, as far as it tells of what is installed. */
export const dpkg: Program = command('dpkg', (call, args) => {
  const line = parseLine(args)
  if (line.has('--print-architecture')) {
    call.out('amd64\n')
    return 0
  }
  if (line.has('--version')) {
    call.out("Debian 'dpkg' package management program version 1.21.22 (amd64).\n")
    return 0
  }
  if (line.has('--configure')) return 0
  if (line.has('-l', '--list')) return list(call, line.words)
  if (line.has('-s', '--status')) return each(call, line.words, (one) => `${stanza(one)}\n`)
  if (line.has('-L', '--listfiles'))
    return each(call, line.words, ({ name }) =>
      listOf(call, name)
        .map((path) => `${path}\n`)
        .join(''),
    )
  call.say(
    'dpkg: error: need an action option\n\nType dpkg --help for help about installing and deinstalling packages [*];',
  )
  return 2
})

/** `dpkg-query -W -f='${Package} ${Version}\n'` */
export const dpkgQuery: Program = command('dpkg-query', (call, args) => {
  const line = parseLine(args, ['-f', '--showformat'])
  if (line.has('-l', '--list')) return list(call, line.words)
  if (line.has('-s', '--status')) return each(call, line.words, (one) => `${stanza(one)}\n`)
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders
  const format = line.value('-f', '--showformat') ?? '${Package}\\t${Version}\\n'
  const names = line.words.length > 0 ? line.words : [...unpackedOf(call).keys()]
  return each(call, names, (one) => formatted(one, format), 'no packages found matching')
})

const formatted = ({ name, version, size, description }: Unpacked, format: string) =>
  format
    .replace(/\$\{([^;}]+)[^}]*\}/g, (_, key: string) => {
      const fields: Readonly<Record<string, string>> = {
        Package: name,
        'binary:Package': name,
        Version: version,
        Architecture: 'amd64',
        'Installed-Size': String(size),
        'db:Status-Status': 'installed',
        Status: 'install ok installed',
        Description: description,
      }
      return fields[key] ?? ''
    })
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')

function each(call: Asking, names: readonly string[], show: (one: Unpacked) => string, missing?: string): number {
  const all = unpackedOf(call)
  let code = 0
  for (const name of names) {
    const one = all.get(name)
    if (one) call.out(show(one))
    else {
      code = 1
      if (missing) call.say(`dpkg-query: ${missing} ${name}`)
      else
        call.say(
          `dpkg-query: package '${name}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.`,
        )
    }
  }
  return code
}

function list(call: Asking, patterns: readonly string[]): number {
  const all = [...unpackedOf(call).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const matches = (text: string) => all.filter(({ name }) => globPattern(text).test(name))
  const missing = patterns.filter((text) => matches(text).length === 0)
  const shown = patterns.length === 0 ? all : all.filter((one) => patterns.some((text) => matches(text).includes(one)))
  if (shown.length > 0) table(call, shown)
  for (const text of missing) call.say(`dpkg-query: no packages found matching ${text}`)
  return missing.length > 0 ? 1 : 0
}

function table(call: Asking, shown: readonly Unpacked[]): void {
  const widest = (title: string, cells: readonly string[]) =>
    Math.max(title.length, ...cells.map(({ length }) => length))
  const name = widest(
    'Name',
    shown.map((one) => one.name),
  )
  const version = widest(
    'Version',
    shown.map((one) => one.version),
  )
  const text = widest(
    'Description',
    shown.map((one) => one.description),
  )
  const row = (first: string, a: string, b: string, c: string, d: string) =>
    call.out(`${first} ${a.padEnd(name)} ${b.padEnd(version)} ${c.padEnd(12)} ${d}\n`)
  call.out(`Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
`)
  row('||/', 'Name', 'Version', 'Architecture', 'Description')
  call.out(`+++-${['='.repeat(name), '='.repeat(version), '='.repeat(12), '='.repeat(text)].join('-')}\n`)
  for (const one of shown) row('ii ', one.name, one.version, 'amd64', one.description)
}
