import { Problem } from '../../core/problem.ts'
import type { Image } from '../images/image.ts'
import { familiar, familiarName, type Reference } from '../images/reference.ts'
import type { Known } from './talk.ts'

/** The tag asked for, or all of the repository; refuses what is not here. */
export function taggedImages(reference: Reference, { images }: Known): (readonly [tag: string, Image])[] {
  const { name, tag } = reference
  const own = images.references.entries().flatMap(([text, id]) => {
    const known = tagOf(text, name)
    return known === undefined ? [] : [[known, images.byId.get(id)!] as const]
  })
  const named = images.references.keys().some((text) => text.startsWith(`${name}:`) || text.startsWith(`${name}@`))
  if (!named) throw new Problem('System', `An image does not exist locally with the tag: ${familiarName(name)}`)
  if (reference.digest !== undefined) return []
  const wanted = tag === undefined ? own : own.filter(([one]) => one === tag)
  if (wanted.length === 0) throw new Problem('System', `tag does not exist: ${familiar(reference)}`)
  return wanted
}

/** The tag of a canonical reference, if it is one of the repository's. */
function tagOf(text: string, name: string): string | undefined {
  const rest = text.startsWith(`${name}:`) ? text.slice(name.length + 1) : undefined
  return rest === undefined || rest.includes('@') || rest.includes('/') ? undefined : rest
}
