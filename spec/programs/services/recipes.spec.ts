import { describe, expect, it } from 'vitest'
import { SECOND } from '../../../src/core/instant.ts'
import { defaultCatalog } from '../../../src/programs/default-catalog.ts'
import { marker } from '../../../src/programs/marker.ts'
import { type Recipe, recipes } from '../../../src/programs/services/recipes.ts'
import { root } from '../../../src/storage/caller.ts'
import { machineOf, NOW, rootOf, runUntil, spawn, take } from '../programs.ts'

const CALLER = root(0n)

function start({
  entrypoint = [],
  cmd = [],
  env,
  executables,
  directories = [],
  files = {},
  workingDir = '/',
}: Recipe) {
  const fs = rootOf([])
  for (const path of [...directories, ...Object.keys(executables), ...Object.keys(files)])
    fs.mkdirp(CALLER, path.replace(/\/[^/]*$/, ''))
  for (const path of directories) fs.mkdirp(CALLER, path)
  for (const [path, program] of Object.entries(executables)) fs.writeFile(CALLER, path, marker(program), 0o755)
  for (const [path, text] of Object.entries(files)) fs.writeFile(CALLER, path, text, 0o644)
  const machine = machineOf({ fs, catalog: defaultCatalog })
  const variables = Object.fromEntries(
    env.map((row) => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)]),
  )
  const secrets = { POSTGRES_PASSWORD: 'x', MYSQL_ROOT_PASSWORD: 'x' }
  spawn(machine, [...entrypoint, ...cmd], { env: { ...variables, ...secrets }, cwd: workingDir })
  runUntil(machine, NOW + 5 * SECOND)
  return machine
}

describe('recipes', () => {
  it.each(recipes.map((recipe): [string, Recipe] => [`${recipe.repository}:${recipe.tags[0]}`, recipe]))(
    '%s names programs of the catalog, and starts',
    (_name, recipe) => {
      for (const program of Object.values(recipe.executables)) expect(defaultCatalog.get(program)?.name).toBe(program)
      const machine = start(recipe)
      const shown = take(machine)
      if (recipe.repository === 'curlimages/curl') expect(shown.at(-1)).toBe('exit main 2')
      else {
        expect(machine.processes().length).toBeGreaterThan(0)
        expect(shown.some((line) => line.startsWith('listen '))).toBe(true)
      }
      expect(shown.filter((line) => line.includes('not found'))).toEqual([])
    },
  )

  it.each(
    recipes.filter(({ stopSignal }) => stopSignal !== undefined).map((recipe) => [recipe.repository, recipe] as const),
  )('%s ends with 0 at its stop signal', (_name, recipe) => {
    const machine = start(recipe)
    machine.takeOutbox()
    machine.signal('main', { SIGQUIT: 3, SIGINT: 2, SIGWINCH: 28 }[recipe.stopSignal!] ?? 15)
    machine.run(machine.kernel.now)
    expect(take(machine).at(-1)).toBe('exit main 0')
  })
})
