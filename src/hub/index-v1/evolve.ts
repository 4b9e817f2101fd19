import { repositoryKey } from '../repositories/repository.ts'
import type { HubEvolution } from '../verb.ts'
import type { IndexEvents } from './events.ts'
import { type IndexV1, merge } from './listing.ts'

export const indexEvolution: HubEvolution<IndexV1, IndexEvents> = {
  'listing.set': (slice, { listing }) => ({
    ...slice,
    listings: slice.listings.set(repositoryKey(listing.registry, listing.name), listing),
  }),
  'listing.add': (slice, { registry, name, images }) => {
    const key = repositoryKey(registry, name)
    const listing = slice.listings.get(key)
    if (!listing) return slice
    const more = { ...listing, state: 'active' as const, images: merge(listing.images, images) }
    return { ...slice, listings: slice.listings.set(key, more) }
  },
  'listing.remove': (slice, { registry, name }) => ({
    ...slice,
    listings: slice.listings.delete(repositoryKey(registry, name)),
  }),
  'token.issue': (slice, { token }) => ({ ...slice, tokens: slice.tokens.set(token.signature, token) }),
  'token.spend': (slice, { signature }) => {
    const token = slice.tokens.get(signature)
    return token ? { ...slice, tokens: slice.tokens.set(signature, { ...token, spent: true }) } : slice
  },
  'token.expire': (slice, { signature }) => ({ ...slice, tokens: slice.tokens.delete(signature) }),
  // A listing that waits for the registry stays till its owner has heard of it.
  'repository.delete': (slice, { registry, name }) => {
    const key = repositoryKey(registry, name)
    const listing = slice.listings.get(key)
    return !listing || listing.state === 'deleted' ? slice : { ...slice, listings: slice.listings.delete(key) }
  },
}
