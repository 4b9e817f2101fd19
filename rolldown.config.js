import { chmodSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'rolldown'

/** What package.json names: the doors, the command, both twins of each `#import`, and what the twins for Node load later. */
const entries = [
  'index',
  'node/index',
  'msw/index',
  'testing/index',
  'vitest/index',
  'cli/main',
  'import/index',
  'import/node',
  'import/msw',
  'import/testing',
  'import/vitest',
  'node/twins',
  'engine/builder/index',
  'engine/builder/static',
  'engine/running/index',
  'engine/running/static',
  'storage/gzip/static',
  'runtime/hub/index',
  'runtime/hub/static',
  'runtime/machines/index',
  'runtime/machines/static',
  'storage/memfs/static',
  'core/sha256-noble',
]

/** What `import 'wavetank'` loads, and what comes later. */
const first = new Set()
const later = new Set()

const reach = {
  name: 'reach',
  buildEnd() {
    const visit = (id, known) => {
      if (known.has(id)) return
      known.add(id)
      for (const next of this.getModuleInfo(id)?.importedIds ?? []) visit(next, known)
    }
    visit(resolve('src/index.ts'), first)
    for (const entry of ['engine/builder/index', 'engine/running/index', 'runtime/hub/index', 'runtime/machines/index']) visit(resolve(`src/${entry}.ts`), later)
  },
}

/** What comes later stands upon `base`, which asks for nothing later: where it comes at once, it comes between the two. */
const groups = [
  { name: 'base', test: (id) => first.has(id) && later.has(id) },
  { name: 'wavetank', test: (id) => first.has(id) && !later.has(id) },
]

/** One letter that is not Latin, and V8 keeps the whole text in twice the memory, and takes longer to read it. */
const ascii = {
  name: 'ascii',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk')
        chunk.code = chunk.code.replace(
          /[\u0080-\uffff]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
        )
  },
}

const executable = { name: 'executable', writeBundle: ({ dir }) => chmodSync(`${dir}/cli/main.js`, 0o755) }

/** Few files, since Node takes a millisecond to open each, and short ones, since it reads them whole. */
export default defineConfig({
  input: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
  platform: 'neutral',
  external: [/^node:/, /^#/, /^[a-z@][^:]*$/],
  output: {
    dir: 'dist',
    format: 'esm',
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: { groups },
    // Functions keep their names, so that a stack says where it comes from.
    minify: { compress: true, mangle: { keepNames: true } },
    cleanDir: true,
  },
  plugins: [reach, ascii, executable],
})
