import '../node/early.ts'

export * from '../msw/index.ts'
