import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { globPattern } from '../glob.ts'
import { lookup, type PackageTable } from '../package.ts'
import { installedOf } from './database.ts'
import { refresh } from './repositories.ts'

export function search(call: Asking, line: Line, names: readonly string[], table: PackageTable): number {
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

export function list(call: Asking, line: Line, names: readonly string[], table: PackageTable): number {
  const all = installedOf(call)
  const only = line.has('-I', '--installed')
  for (const name of Object.keys(only ? Object.fromEntries(all) : table).sort()) {
    if (name === '*' || (names.length > 0 && !names.includes(name))) continue
    const { version } = all.get(name) ?? lookup(table, name)!
    call.out(`${name}-${version} x86_64 {${name}} (custom)${all.has(name) ? ' [installed]' : ''}\n`)
  }
  return 0
}
