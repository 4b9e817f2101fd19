import type { Asking } from '../asking.ts'

const LOG = 'npm error A complete log of this run can be found in: /root/.npm/_logs/debug-0.log'

/** Lines of an error, each with npm's own beginning. */
export const fail = (call: Asking, ...lines: readonly string[]) => {
  for (const line of lines) call.say(`npm error${line === '' ? '' : ` ${line}`}`)
  call.say(LOG)
  return 1
}

export function missing(call: Asking, name: string, range: string): number {
  const escaped = name.replace('/', '%2f')
  return fail(
    call,
    'code E404',
    `404 Not Found - GET https://registry.npmjs.org/${escaped} - Not found`,
    '404',
    `404  '${name}@${range}' is not in this registry.`,
    '404',
    '404 Note that you can also install from a',
    '404 tarball, folder, http url, or git folder.',
  )
}
