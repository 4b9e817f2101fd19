import type { Repository } from './repository.ts'

/** Whether a tag, once put, can neither be moved nor deleted. */
export const isImmutable = (repository: Repository | undefined, tag: string): boolean =>
  repository?.immutableTags?.enabled === true && repository.immutableTags.rules.some((rule) => ruleOf(rule)?.test(tag))

/** A rule as it is looked for in tags; `undefined`: it is no regular expression. */
export function ruleOf(rule: string): RegExp | undefined {
  try {
    return new RegExp(rule)
  } catch {
    return undefined
  }
}
