/** How tightly operators bind, the tightest first. busybox has concatenation below sums and a pipe below that. */
const LEVELS: readonly (readonly string[])[] = [
  ['^'],
  ['unary'],
  ['*', '/', '%'],
  ['+', '-'],
  [' '],
  ['|'],
  ['<', '<=', '==', '!=', '>', '>='],
  ['~', '!~'],
  ['in'],
  ['&&'],
  ['||'],
  ['?'],
  ['=', '+=', '-=', '*=', '/=', '%=', '^='],
  [','],
]

const PRECEDENCE: ReadonlyMap<string, number> = new Map(
  LEVELS.flatMap((level, index) => level.map((operator) => [operator, index + 1] as const)),
)

/** The level of an operator: the smaller, the tighter. Undefined: it is none. */
export const precedenceOf = (operator: string): number | undefined => PRECEDENCE.get(operator)

export const LOOSEST = LEVELS.length
/** All but a list. */
export const SINGLE = LOOSEST - 1
export const UNARY = precedenceOf('unary')!
export const PIPE = precedenceOf('|')!

const ASSIGNMENT = precedenceOf('=')!
const CONDITION = precedenceOf('?')!

/** The level up to which the right side reaches: most operators group from the left, busybox's power too. */
export const rightOf = (level: number): number => (level === CONDITION || level === ASSIGNMENT ? level : level - 1)

export const isAssignment = (operator: string): boolean => precedenceOf(operator) === ASSIGNMENT
