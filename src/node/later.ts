import { createRequire } from 'node:module'

/** A part that is loaded when it is first asked for. `loaded`: it is there already. */
export interface Later<Part> {
  (): Part
  loaded?: Part
}

const require = createRequire(import.meta.url)

/** @param path from a folder beside that of the part: here, and where this is built. */
export function later<Part>(path: string): Later<Part> {
  const load: Later<Part> = () => {
    load.loaded ??= require(path) as Part
    return load.loaded
  }
  return load
}
