import '../node/early.ts'

export * from '../index.ts'
