export { Problem } from './core/problem.ts'
export { createWavetank, type Snapshot, type Wavetank, type WavetankOptions } from './runtime/wavetank.ts'
