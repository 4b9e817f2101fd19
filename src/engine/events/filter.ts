import { Problem } from '../../core/problem.ts'
import { type Filters, filterExact, filterLabels } from '../../http/filters.ts'
import { familiarName, parseReference } from '../images/reference.ts'
import type { Message } from './event-log.ts'

const SCOPE = 'local'
/** Types of objects by which one can filter, by name or id. */
const NAMED = ['daemon', 'container', 'plugin', 'volume', 'network', 'node', 'service', 'secret', 'config']
/** Actions with more words: without them, every one of the kind is meant. */
const OPEN_ENDED = new Set(['health_status', 'exec_create', 'exec_start'])

/** moby: daemon/events/filter.go. Keys that it does not know do not matter. */
export function included(filters: Filters, { type, action, id, attributes }: Message): boolean {
  const name = attributes.name ?? ''
  return (
    actionMatches(filters, action) &&
    filterExact(filters, 'type', type) &&
    filterExact(filters, 'scope', SCOPE) &&
    NAMED.every((key) => startsWithOne(filters, key, id) || startsWithOne(filters, key, name)) &&
    imageMatches(filters, id, (type === 'image' ? attributes.name : attributes.image) ?? '') &&
    filterLabels(filters, attributes)
  )
}

function actionMatches(filters: Filters, action: string): boolean {
  const open = filters.get('event')?.some((value) => OPEN_ENDED.has(value))
  return open ? startsWithOne(filters, 'event', action) : filterExact(filters, 'event', action)
}

function startsWithOne(filters: Filters, key: string, candidate: string): boolean {
  const values = filters.get(key)
  return !values?.length || values.some((value) => candidate.startsWith(value))
}

/** With and without its tag. */
const imageMatches = (filters: Filters, id: string, image: string) =>
  [id, image, withoutTag(id), withoutTag(image)].some((candidate) => filterExact(filters, 'image', candidate))

function withoutTag(image: string): string {
  try {
    return familiarName(parseReference(image).name)
  } catch (problem) {
    if (problem instanceof Problem) return image
    throw problem
  }
}
