import { own } from '../../core/own.ts'
import { type Kind, Problem } from '../../core/problem.ts'
import type { Identity } from '../access-tokens/identity.ts'
import { REGISTRY_HOST } from '../hosts.ts'
import type { Where } from '../registry/registry.ts'
import { tagsV1 } from '../registry-v1/tags.ts'
import { repositoryKey } from '../repositories/repository.ts'
import { rights } from '../repositories/rights.ts'
import type { Fault } from '../rules.ts'
import type { HubState } from '../state.ts'
import { noAccess, noSuchRepository, notAllowedHere } from './errors.ts'
import { type ListedImage, type Listing, merge } from './listing.ts'

export const lookupListing = ({ index }: HubState, { registry, name }: Where): Listing | undefined =>
  index.listings.get(repositoryKey(registry, name))

/** A repository of the Hub. */
export const onHub = (name: string): Where => ({ registry: REGISTRY_HOST, name })

const repositoryOf = ({ repositories }: HubState, name: string) => repositories.get(repositoryKey(REGISTRY_HOST, name))

/** Whether there is such a repository at all: pushed, or about to be. */
export const known = (state: HubState, name: string): boolean =>
  lookupListing(state, onHub(name)) !== undefined || repositoryOf(state, name) !== undefined

const KINDS: Readonly<Record<Fault, Kind>> = { 429: 'TooManyRequests', 500: 'System', 503: 'Unavailable' }

/** Refuses what the world has out of order. */
export function checkOrder({ rules }: HubState, name: string): void {
  const fault = own(rules.faults, name)
  if (fault !== undefined) throw new Problem(KINDS[fault], '')
}

/** Refuses what is not there, and what is not for this reader, in the same words. One that is about to be pushed is public. */
export function checkReadable(state: HubState, who: Identity | undefined, name: string): void {
  const listing = lookupListing(state, onHub(name))
  const repository = repositoryOf(state, name)
  const there = repository ? rights(state, who, REGISTRY_HOST, name).pull : listing !== undefined
  if (!there || listing?.state === 'deleted') throw noSuchRepository()
}

/** `right`: to push, or to change and delete the repository itself. */
export function checkAllowed(state: HubState, who: Identity, name: string, right: 'push' | 'admin'): void {
  if (rights(state, who, REGISTRY_HOST, name)[right]) return
  throw repositoryOf(state, name)?.visibility === 'private' ? noAccess() : notAllowedHere()
}

/** All images of a repository: those the Index was told of, and those that its tags lead to, roots first. */
export function imagesOf(state: HubState, name: string): readonly ListedImage[] {
  const listed = lookupListing(state, onHub(name))?.images ?? []
  const told = new Set(listed.map(({ id }) => id))
  const tagged = tagsV1(state, onHub(name)).flatMap(([tag, { id, ancestry }]): ListedImage[] => [
    ...ancestry.toReversed().map((one) => ({ id: one })),
    ...(told.has(id) ? [] : [{ id, tag }]),
  ])
  return merge(listed, tagged)
}
