import { groups, type User, userNamed } from '../../accounts.ts'
import type { Process } from '../../kernel/process.ts'
import type { Call } from '../call.ts'
import { becomeFile } from '../exec.ts'
import { baseName } from '../paths.ts'
import { tool } from '../tool.ts'
import { refuse } from './rows.ts'

export const su = tool({
  name: 'su',
  short: 'lmps:c:',
  usage: 'su [-lmp] [-s SH] [-] [USER [FILE ARGS]]',
  run(call) {
    const { kernel, process } = call
    const operands = [...call.operands]
    const login = call.has('l') || operands[0] === '-'
    if (operands[0] === '-') operands.shift()
    const name = operands.shift() ?? 'root'
    const user = userNamed(kernel, process, name)
    if (!user) return refuse(call, `unknown user ${name}`)
    if (process.uid !== 0) return refuse(call, 'incorrect password')
    const env = environment(process, user, login)
    becomeUser(call, user)
    if (login) call.attempt(() => kernel.chdir(process, user.home))
    const shell = call.value('s') ?? (user.shell || '/bin/sh')
    becomeFile(call, shell, [`${login ? '-' : ''}${baseName(shell)}`, ...commandOf(call, operands)], env)
    return undefined
  },
})

/** `su user -c command` works as `su -c command user` does. */
function commandOf(call: Call<undefined>, operands: readonly string[]): readonly string[] {
  const at = operands.indexOf('-c')
  const command = call.value('c') ?? (at >= 0 ? operands[at + 1] : undefined)
  const rest = at >= 0 ? operands.filter((_, index) => index !== at && index !== at + 1) : operands
  return command === undefined ? rest : ['-c', command, ...rest]
}

/** A log-in begins with nearly nothing. */
function environment({ env }: Process, user: User, login: boolean): Map<string, string> {
  const kept: Iterable<readonly [string, string]> = login
    ? [
        ['PATH', env.get('PATH') ?? '/bin'],
        ['TERM', env.get('TERM') ?? 'linux'],
      ]
    : env
  return new Map([...kept, ['HOME', user.home], ['SHELL', user.shell], ['USER', user.name], ['LOGNAME', user.name]])
}

function becomeUser({ kernel, process }: Call<undefined>, { name, uid, gid }: User): void {
  const own = groups(kernel, process).filter(({ members }) => members.includes(name))
  Object.assign(process, { uid, gid, groups: own.map((group) => group.gid) })
}
