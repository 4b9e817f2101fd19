/** What the shell takes of Docker Hub when it is first spoken to. */
export { faultAnswer, faultFor } from '../../hub/faults/fault.ts'
export { hub } from '../../hub/index.ts'
export { intakeOf } from '../../hub/registry/intake.ts'
export { hubCatalog } from '../hub-catalog.ts'
export { hubOrigin } from '../hub-seed.ts'
