import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { install } from '../files.ts'
import { lookup, type Named, type PackageTable, withDependencies } from '../package.ts'
import { type Installed, installed, installedOf, saveWorld, worldOf } from './database.ts'
import { finish, tell } from './report.ts'
import { refresh } from './repositories.ts'

/** `curl`, `curl=8.9.1-r1`, `curl~8`, `curl>8`. */
export const CONSTRAINT = /^([^=<>~@]+)(?:([=<>~]+)(.+?))?(?:@.*)?$/

export function add(call: Asking, line: Line, names: readonly string[], table: PackageTable): number {
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
