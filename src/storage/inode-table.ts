/** An edit session: nodes stamped with it may be changed in place, all others are copied first. */
export type Owner = object

interface Node {
  readonly owner: Owner | null
  // A slot holds a Node above the leaves and a T in them; the height of the tree tells which.
  readonly slots: unknown[]
}

const BITS = 5
const MASK = (1 << BITS) - 1

/**
 * A persistent vector with 32 children a node. The handle is mutable and cheap; the nodes are shared between handles and
 * copied on the first write of each owner, so that a fork is O(1) and a difference skips what is shared.
 */
export class InodeTable<T> {
  #root: Node | null = null
  #shift = BITS
  #length = 0

  get length(): number {
    return this.#length
  }

  get(index: number): T | undefined {
    if (index < 0 || index >= this.#length) return undefined
    let node = this.#root
    for (let shift = this.#shift; shift > 0 && node; shift -= BITS) {
      node = node.slots[(index >>> shift) & MASK] as Node | null
    }
    return node ? (node.slots[index & MASK] as T | undefined) : undefined
  }

  set(index: number, value: T | undefined, owner: Owner): void {
    this.#grow(index, owner)
    let node = (this.#root = owned(this.#root!, owner))
    for (let shift = this.#shift; shift > 0; shift -= BITS) {
      const slot = (index >>> shift) & MASK
      const child = node.slots[slot] as Node | undefined
      const next = child ? owned(child, owner) : { owner, slots: [] }
      node.slots[slot] = next
      node = next
    }
    node.slots[index & MASK] = value
  }

  /** Another handle on the same nodes. The caller sees to it that neither handle goes on with the old owner. */
  fork(): InodeTable<T> {
    const copy = new InodeTable<T>()
    copy.#root = this.#root
    copy.#shift = this.#shift
    copy.#length = this.#length
    return copy
  }

  /** Visits, in order, each index whose value is not the same object in both tables; shared subtrees cost nothing. */
  static diff<T>(a: InodeTable<T>, b: InodeTable<T>, visit: Visit<T>): void {
    const shift = Math.max(a.#shift, b.#shift)
    compare(raised(a.#root, a.#shift, shift), raised(b.#root, b.#shift, shift), shift, 0, visit)
  }

  #grow(index: number, owner: Owner): void {
    this.#root ??= { owner, slots: [] }
    while (index >= 2 ** (this.#shift + BITS)) {
      this.#root = { owner, slots: [this.#root] }
      this.#shift += BITS
    }
    if (index >= this.#length) this.#length = index + 1
  }
}

export type Visit<T> = (index: number, before: T | undefined, after: T | undefined) => void

function owned(node: Node, owner: Owner): Node {
  return node.owner === owner ? node : { owner, slots: node.slots.slice() }
}

function raised(node: Node | null, from: number, to: number): Node | null {
  for (let shift = from; shift < to && node; shift += BITS) node = { owner: null, slots: [node] }
  return node
}

function compare<T>(a: Node | null, b: Node | null, shift: number, base: number, visit: Visit<T>): void {
  if (a === b) return
  const width = Math.max(a?.slots.length ?? 0, b?.slots.length ?? 0)
  for (let slot = 0; slot < width; slot++) {
    const before = a?.slots[slot]
    const after = b?.slots[slot]
    if (before === after) continue
    if (shift === 0) visit(base + slot, before as T | undefined, after as T | undefined)
    else compare((before as Node) ?? null, (after as Node) ?? null, shift - BITS, base + slot * 2 ** shift, visit)
  }
}
