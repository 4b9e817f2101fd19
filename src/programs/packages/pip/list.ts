import type { Asking } from '../asking.ts'
import { linesAt } from '../files.ts'
import { type Installed, installedOf, normal, siteOf } from './site.ts'

export function list(call: Asking): number {
  const all = installedOf(call)
  const name = Math.max(7, ...all.map((one) => one.name.length))
  const version = Math.max(7, ...all.map((one) => one.version.length))
  call.out(`${'Package'.padEnd(name)} Version\n${'-'.repeat(name)} ${'-'.repeat(version)}\n`)
  for (const one of all) call.out(`${one.name.padEnd(name)} ${one.version}\n`)
  return 0
}

export function show(call: Asking, words: readonly string[]): number {
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
