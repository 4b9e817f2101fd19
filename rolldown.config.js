import { chmodSync } from 'node:fs'
import { defineConfig } from 'rolldown'

/** What package.json names: the doors, the command, and both twins of each `#import`. */
const entries = [
  'index',
  'node/index',
  'msw/index',
  'testing/index',
  'vitest/index',
  'cli/main',
  'node/sha256',
  'core/sha256-noble',
  'node/memfs',
  'storage/memfs/static',
]

/** Few files, since Node takes a millisecond to open each, and short ones, since it reads them whole. */
export default defineConfig({
  input: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
  platform: 'neutral',
  external: [/^node:/, /^#/, /^[a-z@][^:]*$/],
  output: {
    dir: 'dist',
    format: 'esm',
    chunkFileNames: 'chunks/[name]-[hash].js',
    // Functions keep their names, so that a stack says where it comes from.
    minify: { compress: true, mangle: { keepNames: true } },
    cleanDir: true,
  },
  plugins: [{ name: 'executable', writeBundle: ({ dir }) => chmodSync(`${dir}/cli/main.js`, 0o755) }],
})
