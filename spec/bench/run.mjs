// npm run bench: prints ratios against something bare in the same run; nothing here passes or fails.
import { buildBench } from './build.mjs'
import { coreBench } from './core.mjs'
import { httpBench } from './http.mjs'
import { imagesBench } from './images.mjs'
import { registryBench } from './registry.mjs'
import { startBench } from './start.mjs'

const started = performance.now()
console.log(`Node ${process.version}\n`)
await startBench()
await coreBench()
await imagesBench()
await buildBench()
await httpBench()
await registryBench()
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`)
