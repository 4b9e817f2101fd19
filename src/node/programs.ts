import type * as Programs from '../programs/index.ts'
import { later } from './later.ts'

/** The programs, loaded when the first container starts: they are two fifths of wavetank. The twin of programs/static.ts. */
export const programs = later<typeof Programs>('../programs/index.js')
