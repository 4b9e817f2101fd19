import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { manifestOf } from './manifest.ts'
import { cwd, GLOBAL, installedIn, isGlobal, modules } from './modules.ts'
import { VERSION } from './npm.ts'

export function list(call: Asking, line: Line): number {
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
