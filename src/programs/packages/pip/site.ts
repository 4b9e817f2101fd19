import { FileError } from '../../../storage/file-error.ts'
import type { Asking } from '../asking.ts'
import { linesAt } from '../files.ts'

const DEFAULT_SITE = '/usr/local/lib/python3.12/site-packages'

/** Where packages stand: in the environment's own Python, or the system's. */
export function siteOf(call: Asking): string {
  const [, minor] = /^(\d+\.\d+)/.exec(call.process.env.get('PYTHON_VERSION') ?? '') ?? []
  if (minor !== undefined && !call.process.env.has('VIRTUAL_ENV')) return `/usr/local/lib/python${minor}/site-packages`
  const roots = [`${call.process.env.get('VIRTUAL_ENV') ?? '/usr/local'}/lib`, '/usr/lib']
  for (const root of roots) {
    const python = namesIn(call, root).find((name) => /^python3\.\d+$/.test(name))
    if (python) return `${root}/${python}/site-packages`
  }
  return DEFAULT_SITE
}

export const versionOf = (site: string) => /python(\d+\.\d+)/.exec(site)?.[1] ?? '3.12'

function namesIn(call: Asking, path: string): string[] {
  try {
    return call.files.readdir(call.caller, path, call.here)
  } catch (error) {
    if (error instanceof FileError) return []
    throw error
  }
}

export interface Installed {
  readonly name: string
  readonly version: string
  readonly directory: string
}

/** As the metadata of the site tells; pip itself is always there. */
export function installedOf(call: Asking): Installed[] {
  const site = siteOf(call)
  const found = namesIn(call, site).flatMap((directory) => {
    const [, name, version] = /^(.+)-([^-]+)\.dist-info$/.exec(directory) ?? []
    const told = linesAt(call, `${site}/${directory}/METADATA`).find((line) => line.startsWith('Name: '))
    return name === undefined
      ? []
      : [{ name: told?.slice(6) ?? name, version: version!, directory: `${site}/${directory}` }]
  })
  const all = found.some(({ name }) => name === 'pip')
    ? found
    : [{ name: 'pip', version: '24.0', directory: '' }, ...found]
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** PEP 503. */
export const normal = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-')
