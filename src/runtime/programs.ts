import { machines } from '#machines'
import type { Catalog } from '../programs/catalog.ts'
import type { Program } from '../programs/kernel/program.ts'
import type { Packages } from '../programs/packages/package.ts'
import type { Stage } from '../programs/user/stages.ts'
import type { Behaviour } from '../programs/user/user-program.ts'
import { programName, programPath } from './declared-images.ts'
import { hubImages } from './hub-images.ts'
import type { NamedImage } from './image.ts'
import { declaredOnes } from './seed.ts'
import type { WavetankOptions } from './wavetank.ts'

/** The programs of a world; those that every world has come when one is asked for. */
export class Programs {
  #catalog: Catalog | undefined

  constructor(catalog?: Catalog) {
    this.#catalog = catalog
  }

  /** For a fork: it goes on by itself. */
  copy(): Programs {
    return new Programs(this.#catalog)
  }

  get catalog(): Catalog {
    this.#catalog ??= machines().defaultCatalog
    return this.#catalog
  }

  /** What an executable does, by its absolute path. */
  put(path: string, behaviour: Behaviour | readonly Stage[]): void {
    this.#add([], [[path, machines().programOf(path, behaviour)]])
  }

  /** What the package managers find beside the usual. */
  offer(packages: Packages): void {
    this.#add(machines().packageManagers(packages))
  }

  /** Those that declared images bring with them. */
  declare(images: readonly NamedImage[]): void {
    this.#add(programsOf(images))
  }

  #add(...[more, byPath = []]: Parameters<Catalog['with']>): void {
    if ([...more, ...byPath].length > 0) this.#catalog = this.catalog.with(more, byPath)
  }
}

/** The programs that a world begins with. */
export function firstPrograms({ catalog, packages, images, hub, registries }: WavetankOptions): Programs {
  const programs = new Programs(catalog)
  if (packages) programs.offer(packages)
  programs.declare([...declaredOnes(images), ...hubImages(hub, registries)])
  return programs
}

/** The programs of images, and of those they start from. */
function programsOf(images: readonly NamedImage[]): Program[] {
  return images.flatMap(({ reference, spec }): Program[] => {
    const below = typeof spec.from === 'object' ? programsOf([spec.from]) : []
    if (spec.program === undefined) return below
    const { programOf } = machines()
    return [...below, { ...programOf(programPath(reference, spec), spec.program), name: programName(reference) }]
  })
}
