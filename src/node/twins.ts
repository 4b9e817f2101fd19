/** Every twin for Node in one file, since Node takes a millisecond to find and open each. */
export { builder } from './builder.ts'
export { fflate } from './fflate.ts'
export { theHub } from './hub.ts'
export { machines } from './machines.ts'
export { memfs } from './memfs.ts'
export { running } from './running.ts'
export { sha256 } from './sha256.ts'
