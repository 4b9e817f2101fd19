import { isDirectory } from '../../storage/inode.ts'
import { groups, users } from '../accounts.ts'
import type { Call } from './call.ts'
import { joined } from './paths.ts'
import { tool, usage } from './tool.ts'

interface Owner {
  readonly uid?: number
  readonly gid?: number
}

const number = (word: string): number | undefined => (/^\d+$/.test(word) ? Number(word) : undefined)

function userOf({ kernel, process }: Call<undefined>, word: string): number | undefined {
  return users(kernel, process).find((user) => user.name === word)?.uid ?? number(word)
}

function groupOf({ kernel, process }: Call<undefined>, word: string): number | undefined {
  return groups(kernel, process).find((group) => group.name === word)?.gid ?? number(word)
}

/** `user`, `user:group`, `:group`; undefined: unknown, and that was told. */
function ownerOf(call: Call<undefined>, word: string): Owner | undefined {
  const [, user = '', group] = /^([^:.]*)(?:[:.](.*))?$/.exec(word) ?? []
  const uid = user === '' ? undefined : userOf(call, user)
  const gid = group === undefined || group === '' ? undefined : groupOf(call, group)
  if (user !== '' && uid === undefined) call.fail(`unknown user ${user}`)
  else if (group && gid === undefined) call.fail(`unknown group ${group}`)
  else return { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) }
  return undefined
}

function change(call: Call<undefined>, owner: Owner, path: string): void {
  const { files, caller } = call
  const where = call.has('h') ? call.there : call.here
  const node = call.attempt(() => files.stat(caller, path, where), undefined, path)
  if (!node) return
  call.attempt(() => files.chown(caller, path, owner.uid ?? node.uid, owner.gid ?? node.gid, where), undefined, path)
  if (call.has('R') && isDirectory(node))
    for (const name of files.readdir(caller, path, where)) change(call, owner, joined(path, name))
}

const changer = (name: string, line: string, parse: (call: Call<undefined>, word: string) => Owner | undefined) =>
  tool({
    name,
    short: 'RHLPhcvf',
    long: { recursive: 'R', 'no-dereference': 'h' },
    run(call) {
      const [word, ...paths] = call.operands
      if (word === undefined || paths.length === 0) {
        usage(call, line)
        return 1
      }
      const owner = parse(call, word)
      if (owner) for (const path of paths) change(call, owner, path)
    },
  })

export const chown = changer('chown', 'chown [-Rhcvf]... USER[:[GRP]] FILE...', ownerOf)
export const chgrp = changer('chgrp', 'chgrp [-Rhcvf]... GROUP FILE...', (call, word) => {
  const gid = groupOf(call, word)
  if (gid !== undefined) return { gid }
  call.fail(`unknown group ${word}`)
  return undefined
})
