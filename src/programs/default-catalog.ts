import { bin } from './bin/index.ts'
import { Catalog } from './catalog.ts'
import { network } from './net/index.ts'
import { packageManagers } from './packages/index.ts'
import { services } from './services/index.ts'

/** The programs that the synthetic images hold: busybox's, package managers, and the look-alikes of well-known services. */
export const defaultCatalog: Catalog = new Catalog([...bin, ...network, ...packageManagers(), ...services])
