import { ROOT } from '../inode.ts'
import { attributeMethods } from './attribute-methods.ts'
import { directoryMethods } from './directory-methods.ts'
import { Events } from './events.ts'
import type { MemfsCore } from './memfs-core.ts'
import { linkMethods, removeMethods } from './name-methods.ts'
import { openMethods } from './open-methods.ts'
import type { LinkContext } from './view-link.ts'

/** The methods of memfs's core that change a tree, over ours. The rest of it reads through links and nodes. */
export function coreMethods(core: MemfsCore, context: LinkContext): object {
  const events = new Events(core, context)
  return {
    ...openMethods(core, context),
    ...linkMethods(core, context, events),
    ...removeMethods(context, events),
    ...directoryMethods(context, events),
    ...attributeMethods(core, context, events),
    reset: () => context.tree.change({ syscall: 'reset' }, (files, caller) => files.clear(caller, ROOT)),
  }
}
