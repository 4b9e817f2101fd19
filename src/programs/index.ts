/** What the shell takes of the programs when the first container starts. */
export { defaultCatalog } from './default-catalog.ts'
export { deviceFiles } from './device-files.ts'
export { Machine } from './machine.ts'
export { packageManagers } from './packages/index.ts'
export { programOf } from './user/program-of.ts'
