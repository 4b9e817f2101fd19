import { toLong } from '../machine/number.ts'
import type { Arguments, Builtins } from './arguments.ts'

type Operation = (a: bigint, b: bigint) => bigint

/** On 64 bits without a sign. */
const onBits =
  (operation: Operation) =>
  (args: Arguments): number =>
    Number(BigInt.asUintN(64, operation(bitsOf(args.number(0)), bitsOf(args.number(1)))))

const bitsOf = (value: number): bigint => BigInt.asUintN(64, toLong(value))

export const BITS: Builtins = {
  and: onBits((a, b) => a & b),
  or: onBits((a, b) => a | b),
  xor: onBits((a, b) => a ^ b),
  lshift: onBits((a, b) => a << (b & 63n)),
  rshift: onBits((a, b) => a >> (b & 63n)),
  compl: onBits((a) => ~a),
}
