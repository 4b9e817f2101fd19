import { parseMode } from '../text/mode.ts'
import type { Call } from './call.ts'
import { tool, usage } from './tool.ts'

const refused = (path: string, why: string) => `can't create directory '${path}': ${why}`

function make(call: Call<undefined>, path: string, mode: number | undefined): void {
  const { files, caller, here } = call
  call.attempt(
    () => {
      if (call.has('p')) files.mkdirp(caller, path, 0o777, here)
      else files.mkdir(caller, path, 0o777, here)
      if (mode !== undefined) files.chmod(caller, path, mode, here)
    },
    refused,
    path,
  )
}

export const mkdir = tool({
  name: 'mkdir',
  short: 'pm:v',
  long: { parents: 'p', 'mode:': 'm' },
  usage: 'mkdir [-m MODE] [-p] DIRECTORY...',
  run(call) {
    if (call.operands.length === 0) {
      usage(call, 'mkdir [-m MODE] [-p] DIRECTORY...')
      return 1
    }
    const word = call.value('m')
    const mode = word === undefined ? undefined : parseMode(word, 0o777, { directory: true, umask: call.process.umask })
    if (word !== undefined && mode === undefined) return void call.fail(`invalid mode '${word}'`)
    for (const path of call.operands) make(call, path, mode)
  },
})
