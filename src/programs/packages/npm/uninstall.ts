import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { takeAway, textAt } from '../files.ts'
import { lock, manifestOf, saveManifest } from './manifest.ts'
import { isGlobal, modules } from './modules.ts'

export function uninstallAll(call: Asking, line: Line, words: readonly string[]): number {
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
