import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { anonymous, Builder, type Line } from './building.ts'

const FIXTURES = resolve(import.meta.dirname, '../../../fixtures')

/** A folder as it is, nothing left out. */
function filesOf(folder: string): Record<string, Uint8Array> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const paths = names.map(({ parentPath, name }) => join(parentPath, name))
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path)]))
}

/** Ids are each engine's own; 20.10 said that it was removing what later ones say they have removed. */
function comparable(line: Line): Line {
  const text = anonymous(JSON.stringify(line)).replace(/sha256:[0-9a-f]{64}/g, '<digest>')
  return JSON.parse(text.replace('Removing intermediate container', ' ---> Removed intermediate container')) as Line
}

describe.each(['multi-stage', 'onbuild', 'add-archives'])('%s', (name) => {
  const [first, second] = JSON.parse(readFileSync(join(FIXTURES, 'build-streams', `${name}.json`), 'utf8')) as Line[][]

  test('is built in the words of a real engine, the second time from the cache', async () => {
    const builder = new Builder()
    const { Dockerfile, ...files } = filesOf(join(FIXTURES, 'dockerfiles', name))
    const build = () => builder.build(`t=fx-${name}`, new TextDecoder().decode(Dockerfile), files)
    expect((await build()).map(comparable)).toEqual(first!.map(comparable))
    expect((await build()).map(comparable)).toEqual(second!.map(comparable))
  })

  test('gives the same id on every machine', async () => {
    const { Dockerfile, ...files } = filesOf(join(FIXTURES, 'dockerfiles', name))
    const lines = await new Builder({ seed: 7 }).build('', new TextDecoder().decode(Dockerfile), files)
    expect(lines.findLast(({ aux }) => aux)?.aux?.ID).toMatchSnapshot()
  })
})
