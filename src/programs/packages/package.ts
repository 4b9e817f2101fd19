/** What a package manager knows of a package. */
export interface Package {
  /** Default `1.0.0`. */
  readonly version?: string
  readonly description?: string
  /** Bytes that it takes when it is installed; default 100,000. */
  readonly size?: number
  /** Names of packages that come with it; default none. */
  readonly depends?: readonly string[]
  /**
   * Commands that it brings: a path and the program behind it. A name that no program has gets a file that says so when it is run.
   * @example { '/usr/bin/curl': 'curl' }
   */
  readonly bin?: Readonly<Record<string, string>>
  /** Other files, path and text. */
  readonly files?: Readonly<Record<string, string>>
}

/** Packages by name; `*` stands for every name that is not listed. */
export type PackageTable = Readonly<Record<string, Package>>

/** What each package manager of the world finds in its repositories. */
export interface Packages {
  readonly apk?: PackageTable
  readonly apt?: PackageTable
  readonly pip?: PackageTable
  readonly npm?: PackageTable
}

/** A package with its name, and nothing left open. */
export type Named = Required<Package> & { readonly name: string }

const SIZE = 100_000

export function lookup(table: PackageTable, name: string): Named | undefined {
  const found = Object.hasOwn(table, name) ? table[name] : table['*']
  if (!found) return undefined
  return { version: '1.0.0', description: '', size: SIZE, depends: [], bin: {}, files: {}, ...found, name }
}

/** The named packages and all that they need, what is needed first; those of `skip` are there already. */
export function withDependencies(
  table: PackageTable,
  names: readonly string[],
  skip: (name: string) => boolean,
): readonly Named[] {
  const found = new Map<string, Named>()
  const visit = (name: string, path: readonly string[]) => {
    if (found.has(name) || skip(name) || path.includes(name)) return
    const one = lookup(table, name)
    if (!one) return
    for (const dependency of one.depends) visit(dependency, [...path, name])
    found.set(name, one)
  }
  for (const name of names) visit(name, [])
  return [...found.values()]
}

/** A row of a table: version, KiB, description, what it needs, and its commands (a name stands for `/usr/bin/name`, `a=b` runs program b). */
export function row(version: string, kib: number, description: string, depends = '', commands = ''): Package {
  const words = (text: string) => text.split(' ').filter((word) => word !== '')
  const bin = words(commands).map((word) => {
    const [path = '', program = path.slice(path.lastIndexOf('/') + 1)] = word.split('=')
    return [path.startsWith('/') ? path : `/usr/bin/${path}`, program] as const
  })
  return { version, size: kib * 1024, description, depends: words(depends), bin: Object.fromEntries(bin) }
}
