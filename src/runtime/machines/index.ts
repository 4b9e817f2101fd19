/** What the shell takes of all that runs containers and shows their files, when the first one starts. */
export { defaultCatalog } from '../../programs/default-catalog.ts'
export { packageManagers } from '../../programs/packages/index.ts'
export { programOf } from '../../programs/user/program-of.ts'
export { Files } from './files.ts'
export { Machines } from './machines.ts'
