import type * as Machines from '../runtime/machines/index.ts'
import { later } from './later.ts'

/** What runs containers, loaded when the first one starts: it is two fifths of wavetank. The twin of runtime/machines/static.ts. */
export const machines = later<typeof Machines>('../runtime/machines/index.js')
