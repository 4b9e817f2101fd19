import { FileError } from '../../storage/file-error.ts'
import { strerror } from '../kernel/errno.ts'
import type { Call } from './call.ts'
import { parseCount } from './head.ts'
import { tool } from './tool.ts'

interface Dd {
  begun: boolean
  input: number
  output: number
  block: number
  left: number
  skip: number
  copied: number
  /** Bytes of the present block that were read and written. */
  filled: number
  fullIn: number
  partIn: number
  full: number
  part: number
  /** The output as it was named. */
  to: string
  quiet: boolean
  pad: boolean
}

/** `1k`, `2x512`; undefined: no number. */
function size(word: string): number | undefined {
  let total = 1
  for (const factor of word.split('x')) {
    const value = parseCount(factor.replace(/c$/, '').replace(/w$/, 'b'))
    if (value === undefined) return undefined
    total *= value
  }
  return total
}

/** Reads the operands and opens what they name; the exit code when that fails. */
function begin(call: Call<Dd>): number | undefined {
  const { kernel, process, data } = call
  const given = new Map(call.operands.map((word) => [word.split('=', 1)[0]!, word.slice(word.indexOf('=') + 1)]))
  const number = (name: string, otherwise: number) => {
    const word = given.get(name)
    return word === undefined ? otherwise : size(word)
  }
  const [block, count, skip, seek] = [
    number('bs', number('ibs', 512) ?? 512),
    number('count', Number.POSITIVE_INFINITY),
    number('skip', 0),
    number('seek', 0),
  ]
  if (block === undefined || count === undefined || skip === undefined || seek === undefined || block === 0) {
    call.fail(`invalid number '${[...given.values()].find((word) => size(word) === undefined) ?? '0'}'`)
    return 1
  }
  const [from, to] = [given.get('if'), given.get('of')]
  const conv = (given.get('conv') ?? '').split(',')
  if (from !== undefined) {
    const file = call.attempt(
      () => kernel.open(process, from, 'r'),
      (path, why) => `can't open '${path}': ${why}`,
      from,
    )
    if (!file) return 1
    data.input = kernel.addfd(process, file, 3)
  }
  if (to !== undefined) {
    const file = call.attempt(
      () => kernel.open(process, to, conv.includes('notrunc') || seek > 0 ? 'rw' : 'w'),
      (path, why) => `can't open '${path}': ${why}`,
      to,
    )
    if (!file) return 1
    if (file.kind === 'file') {
      file.pos = seek * block
      if (seek > 0 && !conv.includes('notrunc'))
        call.attempt(() => call.files.truncate(call.caller, file.at, seek * block))
    }
    data.output = kernel.addfd(process, file, 3)
    data.to = to
  }
  Object.assign(data, {
    begun: true,
    block,
    left: count,
    skip: skip * block,
    quiet: given.get('status') === 'none' || given.get('status') === 'noxfer',
    pad: conv.includes('sync'),
  })
  return undefined
}

function report(call: Call<Dd>): void {
  const { data } = call
  if (data.quiet) return
  const amount = data.copied >= 1024 ? ` (${shown(data.copied)})` : ''
  call.kernel.puts(
    call.process,
    2,
    `${data.fullIn}+${data.partIn} records in\n${data.full}+${data.part} records out\n${data.copied} bytes${amount} copied, 0.000000 seconds, 0B/s\n`,
  )
}

function shown(bytes: number): string {
  const units = ['', 'K', 'M', 'G']
  let unit = 0
  let value = bytes
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(1)}${units[unit]}B`
}

/** Blocks of one step. */
const BUDGET = 64

export const dd = tool<Dd>({
  name: 'dd',
  short: '',
  raw: true,
  data: () => ({
    begun: false,
    input: 0,
    output: 1,
    block: 512,
    left: 0,
    skip: 0,
    copied: 0,
    filled: 0,
    fullIn: 0,
    partIn: 0,
    to: '',
    full: 0,
    part: 0,
    quiet: false,
    pad: false,
  }),
  run(call) {
    const { kernel, process, data } = call
    if (!data.begun) {
      const code = begin(call)
      if (code !== undefined) return code
    }
    for (let budget = BUDGET; budget > 0; budget--) {
      if (data.left <= 0) {
        report(call)
        return 0
      }
      const bytes = kernel.read(process, data.input, wanted(data))
      if (bytes === null) {
        call.pause({ type: 'read', fd: data.input })
        return undefined
      }
      if (bytes.length === 0) endOfInput(data)
      else if (data.skip > 0) data.skip -= bytes.length
      else if (!copy(call, bytes)) {
        report(call)
        return 1
      }
    }
    call.pause({ type: 'run' })
    return undefined
  },
})

/** What was begun of a block counts as a part of one. */
function endOfInput(data: Dd): void {
  data.left = 0
  if (data.filled === 0) return
  data.partIn++
  data.part++
}

/** Large blocks go through in pieces, so that none is held in memory as a whole. */
const PIECE = 65_536

const wanted = ({ skip, block, filled }: Dd) => Math.min(PIECE, skip > 0 ? skip : block - filled)

/** A piece of a block; false: it could not be written. */
function copy(call: Call<Dd>, bytes: Uint8Array): boolean {
  const { data } = call
  const ends = bytes.length < wanted(data) || data.filled + bytes.length === data.block
  const whole = data.filled + bytes.length === data.block
  if (ends && whole) data.fullIn++
  else if (ends) data.partIn++
  const padded = ends && data.pad && !whole
  const piece = padded ? new Uint8Array(data.block - data.filled) : bytes
  if (padded) piece.set(bytes)
  data.filled = ends ? 0 : data.filled + bytes.length
  if (data.output === 1) call.out(piece)
  else if (!written(call, piece)) return false
  data.copied += piece.length
  if (!ends) return true
  data.left--
  if (whole || padded) data.full++
  else data.part++
  return true
}

function written(call: Call<Dd>, block: Uint8Array): boolean {
  const { kernel, process, data } = call
  try {
    for (let at = 0; at < block.length; ) {
      const taken = kernel.write(process, data.output, block.subarray(at))
      // What a pipe does not take now is lost: dd is not used that way.
      if (taken <= 0) break
      at += taken
    }
    return true
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    kernel.puts(process, 2, `dd: error writing '${data.to}': ${strerror(error.code)}\n`)
    return false
  }
}
