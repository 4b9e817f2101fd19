import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, describe, expect, test } from 'vitest'
import { built } from './cli/built.ts'

const MODULES = resolve(import.meta.dirname, '../node_modules')
const build = built()
afterAll(() => build.remove())

/** What runs in a Node of its own, as a user's program or a test whose runner leaves packages alone; prints what it found. */
const STORY = `
const tank = createWavetank({
  seed: 1,
  hub: { accounts: [{ name: 'me', password: 'secret' }] },
  web: { 'https://example.com/Dockerfile': 'FROM alpine:3.20\\nRUN echo built > /built\\nCMD cat /built\\n' },
})
const me = { 'x-registry-auth': btoa(JSON.stringify({ username: 'me', password: 'secret' })) }
const ask = async (method, url, body, more = {}) => {
  const headers = body === undefined ? more : { ...more, 'content-type': 'application/json' }
  const response = await tank.fetch(new Request(url, { method, headers, body: JSON.stringify(body) }))
  return { status: response.status, text: await response.text() }
}
const engine = (method, path, body, more) => ask(method, 'http://docker/v1.51' + path, body, more)
const run = async (image, cmd) => {
  const { Id } = JSON.parse((await engine('POST', '/containers/create', { Image: image, Cmd: cmd, Tty: true })).text)
  await engine('POST', '/containers/' + Id + '/start')
  await engine('POST', '/containers/' + Id + '/wait')
  return (await engine('GET', '/containers/' + Id + '/logs?stdout=1')).text
}
const fresh = tank.snapshot()
const early = tank.fork()
tank.program('/usr/bin/api', [{ print: 'ready' }, { exit: 0 }])
const found = {
  ping: (await engine('GET', '/_ping')).text,
  said: await run('alpine:3.20', ['echo', 'hello']),
  registry: (await ask('GET', 'https://registry-1.docker.io/v2/')).status,
  build: /Successfully tagged me.app:1/.test(
    (await engine('POST', '/build?t=me/app:1&remote=https://example.com/Dockerfile')).text),
  push: /1: digest: sha256:/.test((await engine('POST', '/images/me/app/push?tag=1', undefined, me)).text),
  removed: (await engine('DELETE', '/images/me/app:1')).status,
  back: /Downloaded newer image/.test((await engine('POST', '/images/create?fromImage=me/app&tag=1')).text),
  ran: await run('me/app:1'),
  pull: /Downloaded newer image/.test((await engine('POST', '/images/create?fromImage=nginx&tag=latest')).text),
}
// A problem that is made in one file is known in the others.
try {
  tank.container('nobody')
} catch (problem) {
  found.problem = problem instanceof Problem && problem.message
}
const later = tank.fork()
tank.restore(fresh)
found.restored = JSON.parse((await engine('GET', '/containers/json?all=1')).text).length
found.forked = JSON.parse(await (await later.fetch(new Request('http://docker/containers/json?all=1'))).text()).length
found.early = JSON.parse(await (await early.fetch(new Request('http://docker/containers/json?all=1'))).text()).length
found.again = await run('busybox:1.36', ['sh', '-c', 'echo $((6 * 7))'])
console.log(JSON.stringify(found))
`

const FOUND = {
  ping: 'OK',
  said: 'hello\r\n',
  registry: 401,
  build: true,
  push: true,
  removed: 200,
  back: true,
  ran: 'built\r\n',
  pull: true,
  problem: 'No such container: nobody',
  restored: 0,
  forked: 2,
  early: 0,
  again: '42\r\n',
}

function node(code: string, ...flags: string[]): unknown {
  const file = join(build.folder, 'story.mjs')
  writeFileSync(file, code)
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, file], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

describe('the package as it is built', () => {
  test('is imported, and does its work', () => {
    expect(node(`import { createWavetank, Problem } from 'wavetank'\n${STORY}`)).toEqual(FOUND)
  })

  test('is required', () => {
    const required = `import { createRequire } from 'node:module'
const { createWavetank, Problem } = createRequire(import.meta.url)('wavetank')`
    expect(node(`${required}\n${STORY}`)).toEqual(FOUND)
  })

  test('works where no ES module can be required', () => {
    const code = `import { createWavetank, Problem } from 'wavetank'\n${STORY}`
    expect(node(code, '--no-experimental-require-module')).toEqual(FOUND)
  })

  test.each(['forks', 'vmThreads'])('is imported by tests that vitest runs in %s', (pool) => {
    const folder = project(pool)
    const code = STORY.replace(/console\.log\((.*)\)/, `expect($1).toEqual(JSON.stringify(${JSON.stringify(FOUND)}))`)
    writeFileSync(
      join(folder, 'story.test.mjs'),
      `import { expect, test } from 'vitest'
import { createWavetank, Problem } from 'wavetank'
test('works', async () => {
${code}
}, 60_000)`,
    )
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|TEST$)/.test(name)),
    )
    const args = [join(MODULES, 'vitest/vitest.mjs'), 'run', '--root', folder, `--pool=${pool}`]
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' })
    expect(status, stdout + stderr).toBe(0)
    expect(stdout).toMatch(/1 passed/)
  })

  test('is bundled whole for a browser, without anything of Node', async () => {
    const input = join(build.folder, 'page.mjs')
    writeFileSync(input, `import { createWavetank, Problem } from 'wavetank'\n${STORY}`)
    const bundle = await rolldown({ input, platform: 'browser', external: ['memfs'], logLevel: 'silent' })
    const { output } = await bundle.generate({ format: 'esm' })
    expect(output).toHaveLength(1)
    expect(output[0].imports).toEqual(['memfs'])
    expect(output[0].code).not.toMatch(/createRequire|getBuiltinModule|['"]node:/)
    expect(node(output[0].code)).toEqual(FOUND)
  })

  test('loads the programs and the Hub when they are asked for', () => {
    const loaded = [...reached(join(build.folder, 'dist/import/index.js'))].join('')
    expect(loaded).not.toMatch(/BusyBox v1\.36|registry-entrypoint|Insufficient scope/)
  })
})

/** A project of somebody's who has installed the package. */
function project(name: string): string {
  const folder = join(build.folder, 'projects', name)
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, 'wavetank'), { recursive: true })
  for (const one of readdirSync(MODULES)) if (!one.startsWith('.')) symlinkSync(join(MODULES, one), join(modules, one))
  for (const one of ['package.json', 'dist'])
    cpSync(join(build.folder, one), join(modules, 'wavetank', one), { recursive: true })
  return folder
}

/** The text of a file and of all that it imports from beside it. */
function reached(file: string, known = new Map<string, string>()): Iterable<string> {
  if (known.has(file)) return []
  const text = readFileSync(file, 'utf8')
  known.set(file, text)
  for (const [, name] of text.matchAll(/(?:from|import)"(\.[^"]+)"/g)) reached(join(dirname(file), name!), known)
  return known.values()
}
