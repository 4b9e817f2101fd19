import { filter } from './filter.ts'

export const cat = filter({
  name: 'cat',
  short: 'nbsuvteAET',
  usage: 'cat [-nbvteA] [FILE]...',
  cannotOpen: (path, why) => `can't open '${path}': ${why}`,
  chunk: (call, bytes) => call.out(bytes),
})
