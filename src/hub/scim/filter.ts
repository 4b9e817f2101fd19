import { invalidFilter } from './problem.ts'

type Value = string | boolean
type Test = (read: (path: string) => readonly Value[]) => boolean

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[()]|[^\s()"]+)/y

/** RFC 7644 §3.4.2.2, with the operators that the API has: eq ne co sw and or not ( ). Names and operators in any case. */
export function filterOf(text: string): Test {
  const tokens = tokensOf(text)
  let at = 0
  const word = () => tokens[at]?.toLowerCase()
  const take = (): string => {
    const token = tokens[at++]
    if (token === undefined) throw invalidFilter()
    return token
  }
  const joined = (operator: string, next: () => Test, join: (a: boolean, b: () => boolean) => boolean): Test => {
    let left = next()
    while (word() === operator) {
      at++
      const [one, other] = [left, next()]
      left = (read) => join(one(read), () => other(read))
    }
    return left
  }
  const either = (): Test => joined('or', both, (a, b) => a || b())
  const both = (): Test => joined('and', single, (a, b) => a && b())
  const single = (): Test => {
    if (word() === 'not') {
      at++
      const test = single()
      return (read) => !test(read)
    }
    if (word() !== '(') return comparison(take(), take().toLowerCase(), take())
    at++
    const test = either()
    if (take() !== ')') throw invalidFilter()
    return test
  }
  const test = either()
  if (at < tokens.length) throw invalidFilter()
  return test
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  for (let end = 0; text.slice(end).trim() !== ''; end = TOKEN.lastIndex) {
    const [, token] = TOKEN.exec(text) ?? []
    // Deep nesting is nothing that a provider asks for.
    if (token === undefined || tokens.length > 200) throw invalidFilter()
    tokens.push(token)
  }
  return tokens
}

const OPERATORS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  co: (value, wanted) => value.includes(wanted),
  sw: (value, wanted) => value.startsWith(wanted),
}

function comparison(path: string, operator: string, literal: string): Test {
  const wanted = literalOf(literal)
  const test = Object.hasOwn(OPERATORS, operator === 'ne' ? 'eq' : operator)
    ? OPERATORS[operator === 'ne' ? 'eq' : operator]!
    : undefined
  if (!test || !/^[a-z$][\w.:-]*$/i.test(path)) throw invalidFilter()
  const some: Test = (read) => read(path).some((value) => test(String(value).toLowerCase(), wanted))
  return operator === 'ne' ? (read) => !some(read) : some
}

function literalOf(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'string' || typeof value === 'boolean') return String(value).toLowerCase()
  } catch {
    // No literal of JSON.
  }
  throw invalidFilter()
}

/** What a resource has at a path: `userName`, `name.givenName`, `emails.value`; names in any case. */
export function read(resource: unknown, path: string): readonly Value[] {
  const parts = path.toLowerCase().split('.')
  const found = parts.reduce<unknown[]>(
    (values, part) =>
      values.flat().flatMap((value) =>
        typeof value === 'object' && value !== null
          ? Object.entries(value)
              .filter(([name]) => name.toLowerCase() === part)
              .map(([, inner]) => inner as unknown)
          : [],
      ),
    [resource],
  )
  return found.flat().filter((value): value is Value => typeof value === 'string' || typeof value === 'boolean')
}
