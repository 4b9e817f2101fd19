/**
 * A persistent, ordered map from strings, with prefix search: a Patricia trie. `set` and `delete` give a new Table and
 * share all but one path, so a fork of the state costs nothing and the order never depends on history.
 */
export class Table<V> {
  // biome-ignore lint/suspicious/noExplicitAny: one empty table serves every V
  static readonly empty: Table<any> = new Table(undefined, 0)
  readonly size: number
  readonly #root: Trie<V> | undefined

  private constructor(root: Trie<V> | undefined, size: number) {
    this.#root = root
    this.size = size
  }

  static from<V>(entries: Iterable<readonly [string, V]>): Table<V> {
    let table: Table<V> = Table.empty
    for (const [key, value] of entries) table = table.set(key, value)
    return table
  }

  get(key: string): V | undefined {
    let node = this.#root
    while (node instanceof Branch) node = node.child(codeAt(key, node.at))
    return node !== undefined && node.key === key ? node.value : undefined
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  set(key: string, value: V): Table<V> {
    const leaf = new Leaf(key, value)
    if (this.#root === undefined) return new Table(leaf, 1)
    const other = nearest(this.#root, key).key
    if (other === key) return new Table(replace(this.#root, leaf), this.size)
    return new Table(insert(this.#root, leaf, divergence(key, other), other), this.size + 1)
  }

  delete(key: string): Table<V> {
    if (this.#root === undefined || nearest(this.#root, key).key !== key) return this
    return new Table(remove(this.#root, key), this.size - 1)
  }

  /** In key order. */
  values(): V[] {
    const out: V[] = []
    if (this.#root) each(this.#root, (leaf) => out.push(leaf.value))
    return out
  }

  entries(): [string, V][] {
    const out: [string, V][] = []
    if (this.#root) each(this.#root, (leaf) => out.push([leaf.key, leaf.value]))
    return out
  }

  keys(): string[] {
    return this.entries().map(([key]) => key)
  }

  /** The values whose key starts with `prefix`, in key order. */
  prefix(prefix: string): V[] {
    const out: V[] = []
    const node = this.#root && under(this.#root, prefix)
    if (node) each(node, (leaf) => out.push(leaf.value))
    return out
  }

  /** The keys that start with `prefix`, in order. */
  keysUnder(prefix: string): string[] {
    const out: string[] = []
    const node = this.#root && under(this.#root, prefix)
    if (node) each(node, (leaf) => out.push(leaf.key))
    return out
  }

  first(): V | undefined {
    return this.#root && first(this.#root).value
  }
}

type Trie<V> = Branch<V> | Leaf<V>

class Leaf<V> {
  readonly key: string
  readonly value: V
  constructor(key: string, value: V) {
    this.key = key
    this.value = value
  }
}

/** Branches on the character at index `at`; `codes` is sorted and parallel to `children`, NUL stands for "the key ends here". */
class Branch<V> {
  readonly at: number
  readonly codes: readonly number[]
  readonly children: readonly Trie<V>[]
  constructor(at: number, codes: readonly number[], children: readonly Trie<V>[]) {
    this.at = at
    this.codes = codes
    this.children = children
  }
  child(code: number): Trie<V> | undefined {
    return this.children[this.codes.indexOf(code)]
  }
  with(index: number, child: Trie<V>): Branch<V> {
    const children = this.children.slice()
    children[index] = child
    return new Branch(this.at, this.codes, children)
  }
}

const codeAt = (key: string, at: number): number => (at < key.length ? key.charCodeAt(at) + 1 : 0)

function first<V>(node: Trie<V>): Leaf<V> {
  while (node instanceof Branch) node = node.children[0]!
  return node
}

/** Some leaf that agrees with `key` for as long as the trie can tell. */
function nearest<V>(node: Trie<V>, key: string): Leaf<V> {
  while (node instanceof Branch) node = node.child(codeAt(key, node.at)) ?? node.children[0]!
  return node
}

function divergence(a: string, b: string): number {
  let i = 0
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++
  return i
}

function pair<V>(at: number, a: Trie<V>, codeA: number, b: Trie<V>, codeB: number): Branch<V> {
  return codeA < codeB ? new Branch(at, [codeA, codeB], [a, b]) : new Branch(at, [codeB, codeA], [b, a])
}

function addChild<V>(branch: Branch<V>, code: number, child: Trie<V>): Branch<V> {
  const found = branch.codes.findIndex((other) => other > code)
  const index = found < 0 ? branch.codes.length : found
  return new Branch(branch.at, branch.codes.toSpliced(index, 0, code), branch.children.toSpliced(index, 0, child))
}

function replace<V>(node: Trie<V>, leaf: Leaf<V>): Trie<V> {
  if (node instanceof Leaf) return leaf
  const index = node.codes.indexOf(codeAt(leaf.key, node.at))
  return node.with(index, replace(node.children[index]!, leaf))
}

function insert<V>(node: Trie<V>, leaf: Leaf<V>, at: number, other: string): Trie<V> {
  if (node instanceof Leaf || node.at > at) return pair(at, leaf, codeAt(leaf.key, at), node, codeAt(other, at))
  const code = codeAt(leaf.key, node.at)
  const index = node.codes.indexOf(code)
  return index < 0 ? addChild(node, code, leaf) : node.with(index, insert(node.children[index]!, leaf, at, other))
}

function remove<V>(node: Trie<V>, key: string): Trie<V> | undefined {
  if (node instanceof Leaf) return undefined
  const index = node.codes.indexOf(codeAt(key, node.at))
  const child = remove(node.children[index]!, key)
  if (child !== undefined) return node.with(index, child)
  if (node.children.length === 2) return node.children[1 - index]
  return new Branch(node.at, node.codes.toSpliced(index, 1), node.children.toSpliced(index, 1))
}

function each<V>(node: Trie<V>, visit: (leaf: Leaf<V>) => void): void {
  if (node instanceof Leaf) visit(node)
  else for (const child of node.children) each(child, visit)
}

function under<V>(root: Trie<V>, prefix: string): Trie<V> | undefined {
  let node: Trie<V> | undefined = root
  while (node instanceof Branch && node.at < prefix.length) node = node.child(codeAt(prefix, node.at))
  return node && first(node).key.startsWith(prefix) ? node : undefined
}
