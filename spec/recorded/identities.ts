import type { Json } from './transcript.ts'

const HEX64 = /^(sha256:)?[0-9a-f]{64}$/
const HEX12 = /^[0-9a-f]{12}$/
const SWARM = /^[0-9a-z]{25}$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const KINDS = [HEX64, HEX12, SWARM]

/**
 * What the recorded run called by one name and this run calls by another: ids of every length, log times, swarm's
 * object versions. Learned from answers, place by place, and put into later requests.
 */
export class Identities {
  private readonly names = new Map<string, string>()
  private readonly times = new Map<string, string>()
  private readonly versions = new Map<string, string>()

  /** Both are ids of the same kind; the first lesson stays. */
  learn(recorded: string, actual: string): void {
    const [r, a] = [recorded.replace(/^sha256:/, ''), actual.replace(/^sha256:/, '')]
    if (!this.names.has(r)) this.names.set(r, a)
  }

  /** Walk two JSON values side by side. */
  learnFrom(recorded: Json | undefined, actual: Json | undefined): void {
    if (typeof recorded === 'string' && typeof actual === 'string') this.learnText(recorded, actual)
    else if (Array.isArray(recorded) && Array.isArray(actual)) {
      // Places say nothing where one list has more than the other.
      if (recorded.length === actual.length)
        recorded.forEach((item, at) => {
          this.learnFrom(item, actual[at])
        })
    } else if (isObject(recorded) && isObject(actual)) this.learnMembers(recorded, actual)
  }

  private learnMembers(recorded: Members, actual: Members): void {
    const version = [recorded.Version, actual.Version].map((value) => (isObject(value) ? value.Index : undefined))
    if (version.every((index) => index !== undefined)) this.versions.set(String(version[0]), String(version[1]))
    for (const [key, value] of Object.entries(recorded)) this.learnFrom(value, actual[key])
  }

  /** An id as a whole, or the ids and times inside a line of text, in order. */
  learnText(recorded: string, actual: string): void {
    if (KINDS.some((kind) => kind.test(recorded) && kind.test(actual))) this.learn(recorded, actual)
    else if (!TIME.test(recorded)) this.learnInside(recorded, actual)
  }

  private learnInside(recorded: string, actual: string): void {
    this.learnMatches(/\b[0-9a-f]{64}\b/g, recorded, actual, (r, a) => this.learn(r, a))
    this.learnMatches(/\b[0-9a-f]{12}\b/g, recorded, actual, (r, a) => this.learn(r, a))
    this.learnMatches(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z/g, recorded, actual, (r, a) => {
      this.times.set(unixNano(r), unixNano(a))
    })
  }

  private learnMatches(pattern: RegExp, recorded: string, actual: string, learn: (r: string, a: string) => void): void {
    const found = actual.match(pattern) ?? []
    ;(recorded.match(pattern) ?? []).forEach((match, at) => {
      const other = found[at]
      if (other !== undefined) learn(match, other)
    })
  }

  /** The text of a request with this run's names and times; `since` and `until` are moved by so many seconds. */
  translate(text: string, since: number, until: number): string {
    return text
      .replace(/\b(\d{10})\.(\d{9})\b/g, (whole) => this.times.get(whole) ?? whole)
      .replace(/(since=)(179\d{7})\b/g, (_, name, seconds) => `${name}${Number(seconds) + since}`)
      .replace(/(until=)(179\d{7})\b/g, (_, name, seconds) => `${name}${Number(seconds) + until}`)
      .replace(/\bversion=(\d+)/g, (whole, index) => `version=${this.versions.get(index) ?? whole.slice(8)}`)
      .replace(/(?<![0-9a-z%])(?:%22)?([0-9a-f]{12,64}|[0-9a-z]{25})(?![0-9a-z])/g, (whole, id: string) =>
        whole.replace(id, this.nameOf(id)),
      )
      .replace(
        /(\/containers\/)([0-9a-f])(?=\/|$)/g,
        (_, before, prefix) => before + (this.names.get(prefix) ?? prefix),
      )
      .replace(/(\/images\/)([0-9a-f]{4})(\/json)/g, (_, before, id, after) => before + this.nameOf(id) + after)
  }

  /** By the whole recorded id, or by the recorded id that starts so. */
  nameOf(id: string): string {
    const exact = this.names.get(id)
    if (exact !== undefined) return exact
    for (const [recorded, actual] of this.names) if (recorded.startsWith(id)) return actual.slice(0, id.length)
    return id
  }
}

type Members = { readonly [key: string]: Json }
const isObject = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `2026-11-24T06:55:27.304566266Z` as the logs' since and until want it. */
const unixNano = (time: string) => `${Math.floor(Date.parse(`${time.slice(0, 19)}Z`) / 1000)}.${time.slice(20, 29)}`
