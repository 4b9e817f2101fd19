import { userNamed } from '../../accounts.ts'
import { gather } from '../gather.ts'
import { linesOf } from '../lines.ts'

/** Passwords are kept as they come: nobody logs in here. */
export const chpasswd = gather({
  name: 'chpasswd',
  short: 'emc:R:',
  usage: 'chpasswd [-e] [-c ALG]',
  inputs: () => ['-'],
  done(call, [bytes]) {
    for (const line of bytes ? linesOf(bytes) : []) {
      const [name = '', password] = line.split(':')
      if (password === undefined) {
        call.fail('missing new password')
        return 1
      }
      if (!userNamed(call.kernel, call.process, name)) {
        call.fail(`unknown user ${name}`)
        return 1
      }
      call.kernel.puts(call.process, 2, `chpasswd: password for '${name}' changed\n`)
    }
    return undefined
  },
})
