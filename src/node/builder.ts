import type * as Builder from '../engine/builder/index.ts'
import { later } from './later.ts'

/** The builder and whatever else makes images, loaded with the first command of that kind. The twin of engine/builder/static.ts. */
export const builder = later<typeof Builder>('../engine/builder/index.js')
