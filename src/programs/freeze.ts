/** Freezes plain data all through. A fork of a machine shares what is frozen instead of copying it. */
export function freeze<T>(tree: T): T {
  if (typeof tree !== 'object' || tree === null || Object.isFrozen(tree)) return tree
  Object.freeze(tree)
  for (const child of Object.values(tree)) freeze(child)
  return tree
}
