import { Sequence } from '../../core/sequence.ts'
import { Table } from '../../core/table.ts'
import type { FileSystem } from '../../storage/file-system.ts'
import { type FileSystems, Namespace } from '../../storage/mount-namespace.ts'
import { Catalog } from '../catalog.ts'

/**
 * A copy of a running machine. All of its state is plain data, so one generic copier does: it keeps who points to whom, and shares what nobody
 * changes — programs, regular expressions, bytes, persistent tables, frozen objects (syntax trees are).
 */
export function copy<T>(value: T, files: FileSystems<FileSystem>): T {
  const copies = new Map<object, object>()
  // Depth first without recursion: a long chain of frames or sockets shall not run out of stack.
  const open: (() => void)[] = []
  const of = (original: unknown): unknown => {
    if (original === null || typeof original !== 'object' || isShared(original)) return original
    const known = copies.get(original)
    if (known) return known
    const made = original instanceof Namespace ? original.clone(files) : shell(original)
    copies.set(original, made)
    if (!(original instanceof Namespace)) open.push(() => fill(original, made, of))
    return made
  }
  const made = of(value)
  for (let next = open.pop(); next; next = open.pop()) next()
  return made as T
}

function shell(original: object): object {
  if (Array.isArray(original)) return []
  if (original instanceof Map) return new Map()
  if (original instanceof Set) return new Set()
  return Object.create(Object.getPrototypeOf(original))
}

function fill(original: object, made: object, of: (value: unknown) => unknown): void {
  if (Array.isArray(original)) for (const item of original) (made as unknown[]).push(of(item))
  else if (original instanceof Map)
    for (const [key, item] of original) (made as Map<unknown, unknown>).set(of(key), of(item))
  else if (original instanceof Set) for (const item of original) (made as Set<unknown>).add(of(item))
  else for (const [key, item] of Object.entries(original)) (made as Record<string, unknown>)[key] = of(item)
}

function isShared(value: object): boolean {
  return (
    ArrayBuffer.isView(value) ||
    value instanceof RegExp ||
    value instanceof Catalog ||
    value instanceof Sequence ||
    value instanceof Table ||
    Object.isFrozen(value) ||
    isProgram(value)
  )
}

const isProgram = (value: object) => 'step' in value && typeof value.step === 'function'
