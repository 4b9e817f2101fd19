import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { type Installed, installedOf } from './database.ts'

export function info(call: Asking, line: Line, names: readonly string[]): number {
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
