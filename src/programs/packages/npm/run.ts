import { become } from '../../bin/exec.ts'
import type { Asking } from '../asking.ts'
import { textAt } from '../files.ts'
import { fail } from './failure.ts'
import { manifestOf } from './manifest.ts'
import { cwd } from './modules.ts'

/** A script of package.json: npm becomes the shell that runs it. */
export function run(call: Asking, script: string | undefined, rest: readonly string[]): number | undefined {
  const { name = '', version = '', scripts = {} } = manifestOf(call) ?? {}
  if (script === undefined) {
    for (const [key, text] of Object.entries(scripts)) call.out(`  ${key}\n    ${text}\n`)
    return 0
  }
  const own =
    scripts[script] ?? (script === 'start' && textAt(call, 'server.js') !== undefined ? 'node server.js' : undefined)
  if (own === undefined)
    return fail(call, `Missing script: "${script}"`, '', 'To see a list of scripts, run:', '  npm run')
  const text = [own, ...rest].join(' ')
  call.kernel.puts(call.process, 1, `\n> ${name}@${version} ${script}\n> ${text}\n\n`)
  const env = new Map(call.process.env)
  env.set('PATH', `${cwd(call)}/node_modules/.bin:${env.get('PATH') ?? ''}`)
  env.set('npm_lifecycle_event', script)
  become(call, ['sh', '-c', text], env)
  return undefined
}
