import { createRequire } from 'node:module'
import { builder } from './builder.ts'
import { theHub } from './hub.ts'
import { machines } from './machines.ts'
import { running } from './running.ts'

/** Runners that load modules by themselves (vitest's vm pools) require no ES module: there, what usually comes later is imported at once. */
if (createRequire !== process.getBuiltinModule?.('node:module').createRequire) {
  builder.loaded = await import('../engine/builder/index.ts')
  running.loaded = await import('../engine/running/index.ts')
  machines.loaded = await import('../runtime/machines/index.ts')
  theHub.loaded = await import('../runtime/hub/index.ts')
}
