import { decode } from '../../text/codec.ts'
import type { Call } from '../call.ts'
import { usage } from '../tool.ts'

/** The lines of a file of accounts; none when it is not there. */
export function rows(call: Call<unknown>, path: string): string[] {
  try {
    return decode(call.files.readFile(call.caller, path))
      .split('\n')
      .filter((line) => line !== '')
  } catch {
    return []
  }
}

/** Writes a file of accounts anew; false: it could not, and that was told. */
export const save = (call: Call<unknown>, path: string, lines: readonly string[], mode = 0o644): boolean =>
  call.attempt(() => {
    call.files.writeFile(call.caller, path, lines.map((line) => `${line}\n`).join(''), mode)
    return true
  }) === true

/** Adds a line to a file of accounts. */
export const append = (call: Call<unknown>, path: string, line: string, mode?: number) =>
  save(call, path, [...rows(call, path), line], mode)

/** The lowest number from `from` on that nobody has; system accounts stay below 1000. */
export function freeId(taken: readonly number[], system: boolean): number {
  let id = system ? 100 : 1000
  while (taken.includes(id)) id++
  return id
}

/** Takes the row of a name out. */
export const drop = (call: Call<unknown>, path: string, name: string): boolean =>
  save(
    call,
    path,
    rows(call, path).filter((line) => !line.startsWith(`${name}:`)),
  )

/** Ends with words to standard error. */
export function refuse(call: Call<undefined>, words: string): 1 {
  call.fail(words)
  return 1
}

/** Ends with the usage. */
export function misused(call: Call<undefined>, line: string): 1 {
  usage(call, line)
  return 1
}
