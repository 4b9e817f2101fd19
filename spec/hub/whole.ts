import { readDocument } from '../../src/hub/registry/document.ts'
import type { HubState } from '../../src/hub/state.ts'

/** Tags that lead nowhere, and what manifests name that is not there. */
export function danglingOf({ content, repositories }: HubState): string[] {
  const tags = content.tags.entries().flatMap(([key, digest]) => {
    const place = key.slice(0, key.indexOf(' '))
    const there = content.manifests.has(`${place} ${digest}`) && repositories.has(place)
    return there ? [] : [`tag ${key}`]
  })
  const blobs = content.manifests.entries().flatMap(([key, { bytes, mediaType }]) => {
    const place = key.slice(0, key.indexOf(' '))
    const { config, blobs, manifests } = readDocument(bytes, mediaType)
    const named = [...(config ? [config] : []), ...blobs].filter(({ urls }) => !urls?.length)
    const lost = named.filter(({ digest }) => !content.blobs.has(content.links.get(`${place} ${digest}`) ?? ''))
    const unlisted = manifests.filter(({ digest }) =>
      [content.manifests, content.links].every((table) => !table.has(`${place} ${digest}`)),
    )
    return [...lost, ...unlisted].map(({ digest }) => `${digest} of ${key}`)
  })
  return [...tags, ...blobs]
}
