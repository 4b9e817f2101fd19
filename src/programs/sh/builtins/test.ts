import { evaluateTest, TestError } from '../../test-expression.ts'
import { RegularExpressionError } from '../../text/regular-expression.ts'
import { complainAs } from '../complain.ts'
import type { Builtin } from './builtin.ts'

/** `test`, `[` and `[[` */
export const test: Builtin = (session, argv) => {
  const { kernel, process } = session
  const name = argv[0]!
  const close = name === '[' ? ']' : name === '[[' ? ']]' : undefined
  if (close !== undefined && argv.at(-1) !== close) {
    complainAs(session, `missing ${close}`)
    return 2
  }
  try {
    const args = close === undefined ? argv.slice(1) : argv.slice(1, -1)
    return evaluateTest(kernel, process, args, name === '[[') ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError) && !(error instanceof RegularExpressionError)) throw error
    complainAs(session, error.words)
    return 2
  }
}
