import { groupNamed, userNamed } from '../accounts.ts'
import { parseMode } from '../text/mode.ts'
import type { Call } from './call.ts'
import { copyTree } from './copy.ts'
import { pairs } from './destination.ts'
import { dirName } from './paths.ts'
import { tool, usage } from './tool.ts'

const LINE = 'install [-cdDsp] [-o USER] [-g GRP] [-m MODE] [-t DIR] [SOURCE]... DEST'

function finish(call: Call<undefined>, path: string, mode: number): void {
  const { files, caller, here, kernel, process } = call
  call.attempt(() => {
    files.chmod(caller, path, mode, here)
    const node = files.stat(caller, path, here)
    const user = call.value('o')
    const group = call.value('g')
    const uid = user === undefined ? node.uid : (userNamed(kernel, process, user)?.uid ?? Number(user))
    const gid = group === undefined ? node.gid : (groupNamed(kernel, process, group)?.gid ?? Number(group))
    if (user !== undefined || group !== undefined) files.chown(caller, path, uid, gid, here)
  })
}

export const install = tool({
  name: 'install',
  short: 'cdDspo:g:m:t:',
  long: { directory: 'd', 'mode:': 'm', 'owner:': 'o', 'group:': 'g', 'target-directory:': 't' },
  usage: LINE,
  run(call) {
    const { files, caller, here } = call
    const mode = parseMode(call.value('m') ?? '755', 0, { directory: false, umask: 0 })
    if (mode === undefined) return call.fail(`invalid mode '${call.value('m')}'`)
    if (call.has('d')) {
      for (const path of call.operands) {
        call.attempt(
          () => files.mkdirp(caller, path, 0o755, here),
          (name, why) => `can't create directory '${name}': ${why}`,
          path,
        )
        finish(call, path, mode)
      }
      return
    }
    const into = call.value('t')
    if (into !== undefined) call.frame.args = { ...call.frame.args, operands: [...call.operands, into] }
    if (call.operands.length < 2) {
      usage(call, LINE)
      return 1
    }
    if (call.has('D')) call.attempt(() => files.mkdirp(caller, dirName(call.operands.at(-1)!), 0o755, here))
    for (const [from, to] of pairs(call) ?? []) {
      if (copyTree(call, from, to, { recursive: false, preserve: call.has('p'), follow: true, force: true }))
        finish(call, to, mode)
    }
  },
})
