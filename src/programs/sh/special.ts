/** POSIX's special built-ins, and ash's `local`: an assignment in front of them stays, an error in them ends a script. */
const SPECIAL: ReadonlySet<string> = new Set([
  '.',
  ':',
  'break',
  'continue',
  'eval',
  'exec',
  'exit',
  'export',
  'local',
  'readonly',
  'return',
  'set',
  'shift',
  'source',
  'times',
  'trap',
  'unset',
])

export const isSpecialBuiltin = (name: string): boolean => SPECIAL.has(name)
