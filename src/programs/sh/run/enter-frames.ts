import type { Frame } from '../frames.ts'
import type { Node } from '../tree.ts'

/** The frames of a new subshell that executes one node. */
export const enterFrames = (command: Node): Frame[] => [
  { type: 'list', list: { statements: [{ command, background: false, text: '' }] }, next: 0 },
]
