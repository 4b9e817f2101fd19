import { Problem } from '../../core/problem.ts'

/** The daemon's exact words. moby: daemon/errors.go, daemon/names.go */
export const noSuchContainer = (ref: string) => new Problem('NotFound', `No such container: ${ref}`)
export const ambiguous = (prefix: string) =>
  new Problem('InvalidParameter', `multiple IDs found with provided prefix: ${prefix}`)
export const notRunning = (id: string) => new Problem('Conflict', `container ${id} is not running`)
