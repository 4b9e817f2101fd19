/** What a symbolic mode depends on besides the mode it changes. */
export interface ModeContext {
  /** `X` sets execution for directories, and where it is set for somebody already. */
  readonly directory: boolean
  /** Bits that a mode without `ugoa` leaves alone. */
  readonly umask: number
}

const WHO: Readonly<Record<string, number>> = { u: 0o4700, g: 0o2070, o: 0o1007, a: 0o7777 }

/** `644`, `u=rw,go+r`, `a-x`, `+X`: the permission bits that come of `mode`; undefined: no mode. */
export function parseMode(text: string, mode: number, context: ModeContext): number | undefined {
  if (/^[0-7]{1,5}$/.test(text)) {
    const value = Number.parseInt(text, 8)
    return value <= 0o7777 ? value : undefined
  }
  let result = mode & 0o7777
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*))+)$/.exec(clause)
    if (!found) return undefined
    const who = found[1] === '' ? undefined : [...found[1]!].reduce((bits, letter) => bits | WHO[letter]!, 0)
    for (const [, operator, permissions] of found[2]!.matchAll(/([-+=])([ugo]|[rwxXst]*)/g))
      result = change(result, who, operator!, permissions!, context)
  }
  return result
}

function change(
  mode: number,
  who: number | undefined,
  operator: string,
  permissions: string,
  context: ModeContext,
): number {
  const bits = permissionBits(mode, permissions, context)
  const scope = who ?? 0o7777 & ~context.umask
  const chosen = bits & scope
  if (operator === '+') return mode | chosen
  if (operator === '-') return mode & ~chosen
  return (mode & ~((who ?? 0o7777) & 0o777)) | chosen
}

function permissionBits(mode: number, permissions: string, { directory }: ModeContext): number {
  if (/^[ugo]$/.test(permissions)) {
    const three = (mode >> (permissions === 'u' ? 6 : permissions === 'g' ? 3 : 0)) & 7
    return three * 0o111
  }
  let bits = 0
  for (const letter of permissions) {
    if (letter === 'r') bits |= 0o444
    else if (letter === 'w') bits |= 0o222
    else if (letter === 'x') bits |= 0o111
    else if (letter === 'X') bits |= directory || (mode & 0o111) !== 0 ? 0o111 : 0
    else if (letter === 's') bits |= 0o6000
    else if (letter === 't') bits |= 0o1000
  }
  return bits
}
