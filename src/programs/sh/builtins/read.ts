import { SECOND } from '../../../core/instant.ts'
import { encode } from '../../text/codec.ts'
import { complainAs, sayError } from '../complain.ts'
import { Failure } from '../failure.ts'
import { isName } from '../read/tokens.ts'
import { push } from '../run/stack.ts'
import type { Builtin } from './builtin.ts'
import { parseOptions } from './options.ts'

/** What it is given; the reading is its frame's. */
export const readBuiltin: Builtin = (session, argv) => {
  const { kernel, process, shell } = session
  const { options, operands } = parseOptions(argv, 'rsp:t:n:u:d:')
  const wrong = operands.find((name) => !isName(name))
  if (wrong !== undefined) {
    complainAs(session, `read: '${wrong}': bad variable name`)
    return 1
  }
  const fd = Number(options.get('u') ?? 0)
  const limit = options.get('n')
  if (limit !== undefined && !/^\d+$/.test(limit)) throw new Failure('invalid count')
  const time = options.get('t')
  if (time !== undefined && !/^\d+(\.\d*)?$/.test(time)) throw new Failure('invalid timeout')
  const prompt = options.get('p')
  if (prompt !== undefined && process.fds[fd]?.kind === 'tty') sayError(session, prompt)
  if (time !== undefined && Number(time) === 0) return kernel.readable(process, fd) ? 0 : 1
  push(shell, {
    type: 'read',
    names: operands,
    raw: options.has('r'),
    fd,
    delimiter: encode(options.get('d') ?? '\n')[0] ?? 0,
    limit: limit === undefined || Number(limit) === 0 ? Number.POSITIVE_INFINITY : Number(limit),
    until: time === undefined ? undefined : kernel.now + Math.round(Number(time) * SECOND),
    bytes: [],
    quoted: [],
    escaped: false,
  })
  return undefined
}
