import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { sha256 } from '#sha256'
import type { Call } from './call.ts'
import { gather } from './gather.ts'
import { linesOf } from './lines.ts'

type Digest = (bytes: Uint8Array) => string

/** Reads a list of sums and checks the files that it names. */
function check<Data>(call: Call<Data>, list: Uint8Array, digest: Digest): number {
  let failed = 0
  let total = 0
  for (const line of linesOf(list)) {
    const [, sum, path] = /^([0-9a-fA-F]+) [ *](.+)$/.exec(line) ?? []
    if (sum === undefined || path === undefined) continue
    total++
    const bytes = call.attempt(
      () => call.files.readFile(call.caller, path, call.here),
      (name, why) => `can't open '${name}': ${why}`,
      path,
    )
    const right = bytes !== undefined && digest(bytes) === sum.toLowerCase()
    if (!right) failed++
    if (!call.has('s') && (!right || !call.has('q'))) call.out(`${path}: ${right ? 'OK' : 'FAILED'}\n`)
  }
  if (failed > 0 && !call.has('s')) call.fail(`WARNING: ${failed} of ${total} computed checksums did NOT match`)
  return failed > 0 ? 1 : 0
}

const program = (name: string, digest: Digest) =>
  gather({
    name,
    short: 'csw',
    long: { check: 'c', status: 's', warn: 'w', quiet: 'q' },
    usage: `${name} [-c[sw]] [FILE]...`,
    cannotOpen: (path, why) => `can't open '${path}': ${why}`,
    done(call, contents) {
      if (call.has('c')) return Math.max(0, ...contents.map((list) => check(call, list, digest)))
      const names =
        call.operands.length > 0
          ? call.operands.filter((path) => path === '-' || call.files.lookup(path, call.here))
          : ['-']
      for (const [index, bytes] of contents.entries()) call.out(`${digest(bytes)}  ${names[index] ?? '-'}\n`)
      return undefined
    },
  })

export const md5sum = program('md5sum', (bytes) => bytesToHex(md5(bytes)))
export const sha1sum = program('sha1sum', (bytes) => bytesToHex(sha1(bytes)))
export const sha256sum = program('sha256sum', (bytes) => sha256(bytes))
export const sha512sum = program('sha512sum', (bytes) => bytesToHex(sha512(bytes)))
