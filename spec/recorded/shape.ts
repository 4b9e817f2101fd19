import type { Json } from './transcript.ts'

/**
 * The shape of JSON: kinds of scalars, keys of objects, the union of an array's elements. Keys that are ids count as
 * one key. Gives the paths at which two shapes part.
 */
export function shapeDifferences(recorded: Json | undefined, actual: Json | undefined): string[] {
  const out: string[] = []
  compare(shapeOf(recorded), shapeOf(actual), '', out)
  return out
}

interface Shape {
  readonly kinds: ReadonlySet<string>
  readonly members?: ReadonlyMap<string, Shape>
  readonly items?: Shape
}

function shapeOf(value: Json | undefined): Shape {
  if (value === undefined) return { kinds: new Set(['nothing']) }
  if (value === null) return { kinds: new Set(['null']) }
  if (Array.isArray(value)) {
    const items = value
      .map(shapeOf)
      .reduce<Shape | undefined>((all, item) => (all ? union(all, item) : item), undefined)
    return items ? { kinds: new Set(['array']), items } : { kinds: new Set(['empty array']) }
  }
  if (typeof value !== 'object') return { kinds: new Set([typeof value]) }
  const members = new Map<string, Shape>()
  for (const [key, member] of Object.entries(value)) {
    const name = keyOf(key)
    const shape = shapeOf(member)
    const before = members.get(name)
    members.set(name, before ? union(before, shape) : shape)
  }
  return { kinds: new Set(['object']), members }
}

/** Ids and user's own link names differ; `a` and `b` keep. */
const keyOf = (key: string) =>
  /^[0-9a-f]{64}$/.test(key) || /^sha256:/.test(key) || /^[0-9a-z]{25}$/.test(key) ? '<id>' : key

function union(a: Shape, b: Shape): Shape {
  const kinds = new Set([...a.kinds, ...b.kinds])
  if (kinds.has('array')) kinds.delete('empty array')
  const items = a.items && b.items ? union(a.items, b.items) : (a.items ?? b.items)
  const members = a.members && b.members ? unionOfMembers(a.members, b.members) : (a.members ?? b.members)
  return { kinds, ...(items ? { items } : {}), ...(members ? { members } : {}) }
}

function unionOfMembers(a: ReadonlyMap<string, Shape>, b: ReadonlyMap<string, Shape>): ReadonlyMap<string, Shape> {
  const out = new Map(a)
  for (const [key, shape] of b) {
    const before = out.get(key)
    out.set(key, before ? union(before, shape) : shape)
  }
  return out
}

function compare(recorded: Shape, actual: Shape, path: string, out: string[]): void {
  const [r, a] = [kindsOf(recorded), kindsOf(actual)]
  if (r !== a) out.push(`${path || '.'}: ${r} ≠ ${a}`)
  if (recorded.items && actual.items) compare(recorded.items, actual.items, `${path}[]`, out)
  if (!recorded.members || !actual.members) return
  for (const key of new Set([...recorded.members.keys(), ...actual.members.keys()])) {
    const [mine, theirs] = [recorded.members.get(key), actual.members.get(key)]
    if (mine && theirs) compare(mine, theirs, `${path}.${key}`, out)
    else out.push(`${path}.${key}: ${mine ? 'missing' : 'not recorded'}`)
  }
}

const kindsOf = ({ kinds }: Shape) => [...kinds].sort().join('|')
