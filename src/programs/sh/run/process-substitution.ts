import { type Context, remember } from '../expand/context.ts'
import type { Part } from '../tree.ts'
import { forkShell, inherited, SUBSTITUTIONS } from './fork.ts'
import { source } from './source.ts'

/** `<(…)` and `>(…)`: the name of the descriptor by which the command is reached. */
export function openSubstitution(context: Context, part: Extract<Part, { type: 'process' }>): string {
  return remember(context, part, () => {
    const { kernel, process, shell } = context.session
    const [reading, writing] = kernel.pipe()
    const [ours, theirs] = part.way === '<' ? [reading, writing] : [writing, reading]
    const fd = kernel.addfd(process, ours, SUBSTITUTIONS)
    context.memo.descriptors ??= []
    context.memo.descriptors.push(fd)
    const fds = inherited(process)
    fds[fd] = undefined
    fds[part.way === '<' ? 1 : 0] = theirs
    forkShell(context.session, [source(part.source, shell.line, { aliases: false, last: true })], {
      fds,
      tested: false,
    })
    return `/dev/fd/${fd}`
  })
}
