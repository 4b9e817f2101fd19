import type * as Running from '../engine/running/index.ts'
import { later } from './later.ts'

/** What containers that run need of the engine, loaded when the first one starts. The twin of engine/running/static.ts. */
export const running = later<typeof Running>('../engine/running/index.js')
