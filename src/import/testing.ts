import '../node/early.ts'

export * from '../testing/index.ts'
