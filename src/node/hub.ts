import type * as Hub from '../runtime/hub/index.ts'
import { later } from './later.ts'

/** Docker Hub, loaded when it is first spoken to. The twin of runtime/hub/static.ts. */
export const theHub = later<typeof Hub>('../runtime/hub/index.js')
