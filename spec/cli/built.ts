import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** The package as it is published, in a folder of its own, so that a build beside it does no harm. */
export function built(): { readonly folder: string; readonly main: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-built-'))
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const rolldown = join(ROOT, 'node_modules/rolldown/bin/cli.mjs')
  const args = [rolldown, '--config', '--dir', join(folder, 'dist')]
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) throw new Error(`the build failed: ${stderr}`)
  return {
    folder,
    main: join(folder, 'dist/cli/main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
