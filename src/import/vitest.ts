import '../node/early.ts'

export * from '../vitest/index.ts'
