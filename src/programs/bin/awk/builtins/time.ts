import { SECOND } from '../../../../core/instant.ts'
import { daysOf, formatTime } from '../../../text/format-time.ts'
import { bytesOf } from '../machine/bytes.ts'
import type { Arguments, Builtins } from './arguments.ts'

export const TIME: Builtins = {
  systime: ({ call }) => Math.floor(call.kernel.now / SECOND),
  strftime,
  mktime,
}

function strftime(args: Arguments): string {
  const at = args.count > 1 ? args.number(1) * SECOND : args.call.kernel.now
  return bytesOf(formatTime(args.count > 0 ? args.text(0) : '%c', at))
}

/** `year month day hour minute second`; what is too much is carried over. */
function mktime(args: Arguments): number {
  const found = /^\s*(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)/.exec(args.text(0))
  if (!found) return -1
  const [year, month, day, hour, minute, second] = found.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const months = month - 1
  const days = daysOf(year + Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, day)
  return ((days * 24 + hour) * 60 + minute) * 60 + second
}
