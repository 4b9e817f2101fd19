import '../node/early.ts'

export * from '../node/index.ts'
