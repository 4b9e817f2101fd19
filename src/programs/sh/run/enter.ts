import type { Wait } from '../../kernel/program.ts'
import { memo } from '../frames.ts'
import type { Session } from '../session.ts'
import type { Node } from '../tree.ts'
import { startSubshell } from './fork.ts'
import { push } from './stack.ts'

/** Begins to execute a node. */
export function enter(session: Session, node: Node): Wait | undefined {
  const { shell } = session
  switch (node.type) {
    case 'simple':
      push(shell, { type: 'simple', node, memo: memo(), saved: new Map() })
      return undefined
    case 'pipeline':
      push(shell, { type: 'pipeline', node })
      return undefined
    case 'and-or':
      push(shell, { type: 'and-or', node, next: 0 })
      return undefined
    case 'if':
      push(shell, { type: 'if', node, branch: -1 })
      return undefined
    case 'loop':
      push(shell, { type: 'loop', node, state: 'start', status: 0 })
      return undefined
    case 'for':
      push(shell, { type: 'for', node, memo: memo(), words: undefined, next: 0 })
      return undefined
    case 'case':
      push(shell, { type: 'case', node, memo: memo() })
      return undefined
    case 'redirected':
      push(shell, { type: 'redirected', node, memo: memo() })
      return undefined
    case 'group':
      push(shell, { type: 'list', list: node.body, next: 0 })
      return undefined
    case 'subshell':
      return startSubshell(session, node.body)
    case 'definition':
      shell.functions.set(node.name, node)
      shell.status = 0
      return undefined
  }
}
