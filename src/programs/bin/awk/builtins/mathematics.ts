import { SECOND } from '../../../../core/instant.ts'
import type { Arguments, Builtins } from './arguments.ts'

export const MATHEMATICS: Builtins = {
  sin: (args) => Math.sin(args.number(0)),
  cos: (args) => Math.cos(args.number(0)),
  atan2: (args) => Math.atan2(args.number(0), args.number(1)),
  exp: (args) => Math.exp(args.number(0)),
  log: (args) => Math.log(args.number(0)),
  sqrt: (args) => Math.sqrt(args.number(0)),
  int: (args) => Math.trunc(args.number(0)),
  srand,
  rand,
}

/** Gives the seed that was there before. */
function srand(args: Arguments): number {
  const { awk, call, count } = args
  const old = awk.seed
  awk.seed = Math.trunc(count > 0 ? args.number(0) : call.kernel.now / SECOND) >>> 0
  return old
}

function rand({ awk }: Arguments): number {
  awk.seed = (Math.imul(awk.seed, 1664525) + 1013904223) >>> 0
  return awk.seed / 2 ** 32
}
