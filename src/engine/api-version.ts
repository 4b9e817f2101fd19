/** `1.9` < `1.10`: by number, part by part. */
export function versionBelow(a: string, b: string): boolean {
  if (a === b) return false
  const [majorA = 0, minorA = 0] = a.split('.').map(Number)
  const [majorB = 0, minorB = 0] = b.split('.').map(Number)
  return majorA !== majorB ? majorA < majorB : minorA < minorB
}
