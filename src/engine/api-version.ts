import { memoised } from '../core/memoised.ts'

/** `1.9` < `1.10`: by number, part by part. */
export function versionBelow(a: string, b: string): boolean {
  return a !== b && rank(a) < rank(b)
}

/** Versions are asked about many times in each request, and there are few of them. */
const rank = memoised((version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major * 1e6 + minor
})
