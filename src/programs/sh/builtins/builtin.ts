import type { Wait } from '../../kernel/program.ts'
import type { Session } from '../session.ts'

/**
 * A command of the shell itself. `argv[0]` is its name. It gives its status; or it pushed frames that give it, or it ended the step.
 * What it refuses it throws as a Failure: that ends a script when the built-in is a special one.
 */
export type Builtin = (session: Session, argv: readonly string[]) => number | Wait | undefined
