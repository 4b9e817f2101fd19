import type { Asking } from '../asking.ts'
import { linesAt, put, textAt } from '../files.ts'
import { lookup, type Named } from '../package.ts'
import { APK_BASE } from './table.ts'

/** A package that is installed. */
export interface Installed {
  readonly name: string
  readonly version: string
  readonly size: number
  readonly description: string
  readonly depends: readonly string[]
  /** Absolute. */
  readonly files: readonly string[]
}

const DATABASE = '/lib/apk/db/installed'
const WORLD = '/etc/apk/world'

/** What is installed; without a database, what every base image has. */
export function installedOf(call: Asking): Map<string, Installed> {
  const text = textAt(call, DATABASE)
  const all = text === undefined ? base() : text.split('\n\n').flatMap(read)
  return new Map(all.map((one) => [one.name, one]))
}

const base = (): Installed[] => Object.keys(APK_BASE).map((name) => installed(lookup(APK_BASE, name)!, []))

export const installed = (one: Named, files: readonly string[]): Installed => ({ ...one, files })

/** A block of `P:curl` lines. */
function read(block: string): Installed[] {
  const rows = block.split('\n').map((line) => [line[0] ?? '', line.slice(2)] as const)
  const of = (key: string) => rows.find(([one]) => one === key)?.[1] ?? ''
  if (of('P') === '') return []
  let directory = ''
  const files = rows.flatMap(([key, value]) => {
    if (key === 'F') directory = value
    return key === 'R' ? [`/${directory}/${value}`] : []
  })
  const depends = of('D') === '' ? [] : of('D').split(' ')
  return [{ name: of('P'), version: of('V'), size: Number(of('I')), description: of('T'), depends, files }]
}

export function saveInstalled(call: Asking, all: ReadonlyMap<string, Installed>): void {
  put(call, DATABASE, [...all.values()].map(block).join('\n'))
}

function block({ name, version, size, description, depends, files }: Installed): string {
  const head = [`P:${name}`, `V:${version}`, 'A:x86_64', `I:${size}`, `T:${description}`]
  const needs = depends.length > 0 ? [`D:${depends.join(' ')}`] : []
  const rows = files.flatMap((path) => {
    const slash = path.lastIndexOf('/')
    return [`F:${path.slice(1, slash)}`, `R:${path.slice(slash + 1)}`]
  })
  return `${[...head, ...needs, ...rows].join('\n')}\n`
}

/** What was asked for by name, in order. */
export const worldOf = (call: Asking): string[] => linesAt(call, WORLD)

export const saveWorld = (call: Asking, names: readonly string[]): void =>
  put(
    call,
    WORLD,
    [...new Set(names)]
      .sort()
      .map((name) => `${name}\n`)
      .join(''),
  )
