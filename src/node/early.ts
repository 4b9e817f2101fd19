import { createRequire } from 'node:module'
import { builder } from '#builder'
import { theHub } from '#hub'
import { machines } from '#machines'
import { running } from '#running'

/** Runners that load modules by themselves (vitest's vm pools) require no ES module: there, what usually comes later is imported at once. */
if (createRequire !== process.getBuiltinModule?.('node:module').createRequire) {
  Object.assign(builder, { loaded: await import('../engine/builder/index.ts') })
  Object.assign(running, { loaded: await import('../engine/running/index.ts') })
  Object.assign(machines, { loaded: await import('../runtime/machines/index.ts') })
  Object.assign(theHub, { loaded: await import('../runtime/hub/index.ts') })
}
