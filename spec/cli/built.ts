import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** The package as it is published, in a folder of its own, so that a build beside it does no harm. */
export function built(): { readonly main: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'wavetank-built-'))
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  // Types are the business of `npm run check`.
  const args = [
    '-p',
    join(ROOT, 'tsconfig.build.json'),
    '--outDir',
    join(folder, 'dist'),
    '--noCheck',
    '--declaration',
    'false',
  ]
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the build failed: ${stdout}`)
  spawnSync(process.execPath, [join(folder, 'dist/cli/mark-executable.js')])
  return { main: join(folder, 'dist/cli/main.js'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}
