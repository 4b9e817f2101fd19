/** `1.9` < `1.10`: by number, part by part. */
export function versionBelow(a: string, b: string): boolean {
  return a !== b && rank(a) < rank(b)
}

const ranks = new Map<string, number>()
const KNOWN_AT_MOST = 10_000

/** Versions are asked about many times in each request, and there are few of them. */
function rank(version: string): number {
  const before = ranks.get(version)
  if (before !== undefined) return before
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const rank = major * 1e6 + minor
  if (ranks.size < KNOWN_AT_MOST) ranks.set(version, rank)
  return rank
}
