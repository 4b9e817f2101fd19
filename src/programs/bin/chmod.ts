import { isDirectory, isSymlink } from '../../storage/inode.ts'
import { parseMode } from '../text/mode.ts'
import type { Call } from './call.ts'
import { joined } from './paths.ts'
import { tool, usage } from './tool.ts'

function change(call: Call<undefined>, word: string, path: string): void {
  const { files, caller, here } = call
  const node = call.attempt(() => files.stat(caller, path, here), undefined, path)
  if (!node || isSymlink(node)) return
  const mode = parseMode(word, node.mode, { directory: isDirectory(node), umask: call.process.umask })
  if (mode === undefined) return call.finish(1)
  call.attempt(() => files.chmod(caller, path, mode, here), undefined, path)
  if (call.has('R') && isDirectory(node))
    for (const name of files.readdir(caller, path, here)) change(call, word, joined(path, name))
}

export const chmod = tool({
  name: 'chmod',
  short: 'RcvfrwxXst',
  long: { recursive: 'R' },
  run(call) {
    // `chmod -x file`: the mode looks like an option.
    const minus = [...'rwxXst'].filter((letter) => call.has(letter)).join('')
    const operands = minus ? [`-${minus}`, ...call.operands] : call.operands
    const [word, ...paths] = operands
    if (word === undefined || paths.length === 0) {
      usage(call, 'chmod [-Rcvf] MODE[,MODE]... FILE...')
      return 1
    }
    if (parseMode(word, 0, { directory: false, umask: 0 }) === undefined)
      return void call.fail(`invalid mode '${word}'`)
    for (const path of paths) change(call, word, path)
  },
})
