import type { Snapshot } from '../../storage/file-system.ts'
import type { Container, Containers } from './container.ts'

/** A container's root file system as it is now. */
export const currentRoot = ({ roots }: Containers, { id, base }: Container): Snapshot => roots.get(id) ?? base
