/** What a token is asked for or gives: `repository:library/busybox:pull,push`. */
export interface Scope {
  readonly type: string
  readonly name: string
  readonly actions: readonly string[]
}

/** distribution: docs/content/spec/auth/scope.md. The name may hold a colon (a host's port), so the first and the last count. */
export function parseScope(text: string): Scope | undefined {
  const first = text.indexOf(':')
  const last = text.lastIndexOf(':')
  if (first <= 0 || last <= first) return undefined
  return {
    type: text.slice(0, first).replace(/\(.*\)$/, ''),
    name: text.slice(first + 1, last),
    actions: text
      .slice(last + 1)
      .split(',')
      .filter((action) => action !== ''),
  }
}

/** Each `scope` parameter may hold several, with spaces between. */
export const parseScopes = (texts: readonly string[]): Scope[] =>
  texts.flatMap((text) => text.split(' ')).flatMap((text) => parseScope(text) ?? [])
