import type { Asking } from '../asking.ts'
import { linesAt, uninstall } from '../files.ts'
import { installedOf, normal } from './site.ts'

export function uninstallAll(call: Asking, words: readonly string[]): number {
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
