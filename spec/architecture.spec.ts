import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const SRC = resolve(import.meta.dirname, '../src')

/** DESIGN: which folder of src may import which others. `*` stands for every folder. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  http: ['core'],
  storage: ['core'],
  programs: ['core', 'storage'],
  engine: ['core', 'http', 'storage', 'programs'],
  hub: ['core', 'http', 'storage'],
  runtime: ['core', 'http', 'storage', 'programs', 'engine', 'hub'],
  msw: ['core', 'http', 'runtime', 'index.ts'],
  node: ['core', 'http', 'programs', 'engine', 'runtime', 'index.ts'],
  testing: ['core', 'http', 'storage', 'programs', 'engine', 'hub', 'runtime', 'index.ts'],
  vitest: ['node', 'runtime', 'index.ts'],
  import: ['node', 'msw', 'testing', 'vitest', 'index.ts'],
  cli: ['core', 'http', 'runtime', 'node', 'engine', 'hub', 'index.ts'],
  demo: ['core', 'http', 'runtime', 'engine', 'hub', 'index.ts'],
  'index.ts': ['core', 'http', 'storage', 'programs', 'engine', 'hub', 'runtime'],
}
/** No clock, no randomness, no promise and nothing of the host in these. */
const PURE = ['core', 'http', 'storage', 'programs', 'engine', 'hub']
const BANNED: readonly (readonly [string, RegExp])[] = [
  ['a clock', /\bDate\.now\b|\bnew Date\(\)|\bperformance\b|\bDate\(\)/],
  ['randomness', /\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/],
  ['timers', /\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b|\bqueueMicrotask\b/],
  ['promises', /\basync\b|\bawait\b|\bPromise\b/],
  ['the console', /\bconsole\b/],
  ['the host', /from 'node:|\bprocess\.(nextTick|hrtime|platform|stdout|stderr|stdin|cwd\(|exit\()|\bglobalThis\b/],
]
/** npm packages each folder may use; any other import of a bare name is an error. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  core: ['#sha256', '@noble/hashes'],
  storage: ['fflate', 'memfs', '#fflate', '#memfs', '#sha256'],
  programs: ['unbash', '#sha256', '@noble/hashes'],
  engine: ['#builder', '#running', '#sha256'],
  hub: ['#sha256'],
  runtime: ['#builder', '#hub', '#machines', '#sha256', 'memfs'],
  msw: ['msw'],
  node: ['fflate', 'memfs', '#builder', '#hub', '#machines', '#running'],
  testing: ['fast-check'],
  vitest: ['vitest'],
}
/** The few files that may know memfs, and the shapes of its own it leans on. */
const MEMFS_ONLY_IN = /^(storage\/(memfs-view|from-memfs|memfs\/static)|node\/memfs|runtime\/)/

/** What `import 'wavetank'` loads of the folders that come later: small things that the shell asks for before. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  'engine/running': [],
  hub: ['hosts.ts'],
  programs: ['duration.ts', 'find-executable.ts', 'kernel/signals.ts', 'marker.ts'],
  'runtime/machines': [],
}
const LATE = ['engine/builder/index.ts', 'engine/running/index.ts', 'runtime/hub/index.ts', 'runtime/machines/index.ts']
/** The twins that bring them, and those of packages: for Node, and for whoever cannot load anything later. */
const TWINS: Readonly<Record<string, readonly [node: string, other: string]>> = {
  '#builder': ['node/builder', 'engine/builder/static'],
  '#fflate': ['node/fflate', 'storage/gzip/static'],
  '#hub': ['node/hub', 'runtime/hub/static'],
  '#machines': ['node/machines', 'runtime/machines/static'],
  '#memfs': ['node/memfs', 'storage/memfs/static'],
  '#running': ['node/running', 'engine/running/static'],
  '#sha256': ['node/sha256', 'core/sha256-noble'],
}

interface Source {
  readonly path: string
  readonly folder: string
  readonly code: string
  readonly imports: readonly string[]
}

function sources(): Source[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') || file.endsWith('.tsx'))
    .map((path) => {
      const text = readFileSync(join(SRC, path), 'utf8')
      return { path, folder: path.split('/')[0]!, code: withoutWords(text), imports: importsOf(text) }
    })
}

const importsOf = (text: string) =>
  [
    ...text.matchAll(/^\s*(?:import|export)\b[^'"\n]*?(?:\{[^}]*\}[^'"\n]*)?from\s+'([^']+)'|^\s*import\s+'([^']+)'/gm),
  ].map((match) => (match[1] ?? match[2])!)

/** Comments and strings say what they like. */
const withoutWords = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, (string) => (string.startsWith("'node:") ? string : "''"))
    .replace(/`(?:[^`\\]|\\.)*`/g, '``')

const all = sources()

/** What a file loads, and what that loads: types are free, and so is what stands behind a twin. */
function reached(path: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(path)) return known
  known.add(path)
  const text = readFileSync(join(SRC, path), 'utf8').replace(/^(import|export) type [^;'"]*? from '[^']+'$/gm, '')
  for (const name of importsOf(text)) if (name.startsWith('.')) reached(join(path, '..', name), known)
  return known
}

const exportsOf = (path: string) =>
  [...readFileSync(join(SRC, `${path}.ts`), 'utf8').matchAll(/^export (?:const|function) (\w+)/gm)].map(
    ([, name]) => name,
  )

describe('the arrows', () => {
  test('every folder has its arrows', () => {
    expect(all.map((source) => source.folder).filter((folder) => !(folder in ARROWS))).toEqual([])
  })

  for (const [folder, allowed] of Object.entries(ARROWS))
    test(`${folder} → ${allowed.join(' ') || 'nothing'}`, () => {
      const wrong = all
        .filter((source) => source.folder === folder)
        .flatMap((source) =>
          source.imports
            .filter((name) => name.startsWith('.'))
            .map((name) => relative(SRC, resolve(SRC, source.path, '..', name)))
            .filter((target) => target.split('/')[0] !== folder && !allowed.includes(target.split('/')[0]!))
            .map((target) => `${source.path} → ${target}`),
        )
      expect(wrong).toEqual([])
    })

  test('packages stay where they belong', () => {
    const wrong = all.flatMap((source) =>
      source.imports
        .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
        .filter(
          (name) => !(PACKAGES[source.folder] ?? []).some((known) => name === known || name.startsWith(`${known}/`)),
        )
        .map((name) => `${source.path} → ${name}`),
    )
    expect(wrong).toEqual([])
  })

  test('memfs is known in one place', () => {
    const users = all.filter((source) => source.imports.some((name) => /^(memfs|@jsonjoy)/.test(name)))
    expect(users.filter((source) => !MEMFS_ONLY_IN.test(source.path)).map((source) => source.path)).toEqual([])
  })
})

describe('what comes later', () => {
  const loaded = reached('index.ts')

  for (const [folder, early] of Object.entries(LATER))
    test(`${folder}: no more than ${early.join(' ') || 'nothing'} is loaded with index.ts`, () => {
      const found = [...loaded].filter((path) => path.startsWith(`${folder}/`))
      expect(found.map((path) => path.slice(folder.length + 1)).filter((path) => !early.includes(path))).toEqual([])
    })

  test('what Docker Hub has to offer is not loaded with index.ts', () => {
    expect([...loaded].filter((path) => /hub-(seed|catalog)|(service|language)-images/.test(path))).toEqual([])
  })

  test('asks for nothing later itself, so that it may come at once', () => {
    const later = new Set(LATE.flatMap((entry) => [...reached(entry)]))
    const asking = all.filter(({ imports }) => imports.some((name) => /^#(builder|hub|machines|running)$/.test(name)))
    expect(asking.filter(({ path }) => later.has(path)).map(({ path }) => path)).toEqual([])
  })

  test('each twin has its other, and the package names both', () => {
    const { imports } = JSON.parse(readFileSync(resolve(SRC, '../package.json'), 'utf8'))
    const twins = readFileSync(join(SRC, 'node/twins.ts'), 'utf8')
    expect(Object.keys(imports)).toEqual(Object.keys(TWINS))
    for (const [name, [node, other]] of Object.entries(TWINS)) {
      expect(imports[name].browser, name).toBe(`./dist/${other}.js`)
      expect(Object.values(imports[name]), name).toContain('./dist/node/twins.js')
      expect(twins, name).toContain(`from './${node.slice('node/'.length)}.ts'`)
      expect(exportsOf(node), name).toEqual(exportsOf(other))
    }
  })
})

describe('the pure folders', () => {
  for (const [what, pattern] of BANNED)
    test(`no ${what}`, () => {
      const wrong = all
        .filter((source) => PURE.includes(source.folder))
        .flatMap((source) =>
          source.code
            .split('\n')
            .flatMap((line, i) => (pattern.test(line) ? [`${source.path}:${i + 1} ${line.trim()}`] : [])),
        )
      expect(wrong).toEqual([])
    })
})

describe('names', () => {
  test('no file is named after nothing', () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|types|manager|service|impl)(\/|\.ts$)/i
    expect(all.map((source) => source.path).filter((path) => vague.test(path))).toEqual([])
  })
})
