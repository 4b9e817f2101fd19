import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { routes } from '../src/engine/routes.ts'
import { operationMarkdown, operationTable } from './recorded/operations.ts'

const root = resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(resolve(root, file), 'utf8')
const manifest = JSON.parse(read('package.json')) as {
  exports: Record<string, string | Record<string, string>>
  dependencies: Record<string, string>
}

describe('the README', () => {
  const between = (text: string, mark: string) => text.split(`<!-- ${mark} -->\n`)[1]?.split(`<!-- /${mark} -->`)[0]

  // UPDATE_README=1 writes the table anew.
  test('has the table of operations as the routes have it', () => {
    const table = `\n${operationMarkdown(operationTable(routes))}\n\n`
    const readme = read('README.md')
    if (process.env.UPDATE_README) {
      const renewed = readme.replace(
        /(<!-- operations -->\n)[\s\S]*?(<!-- \/operations -->)/,
        (_, open, close) => open + table + close,
      )
      writeFileSync(resolve(root, 'README.md'), renewed)
    }
    expect(between(read('README.md'), 'operations')).toBe(table)
  })
})

describe('the package', () => {
  test('pins what it needs at run time', () => {
    for (const [name, version] of Object.entries(manifest.dependencies))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test('exports what stands in src', () => {
    for (const target of Object.values(manifest.exports)) {
      if (typeof target === 'string') continue
      expect(existsSync(resolve(root, target.default!.replace('./dist/', 'src/').replace(/\.js$/, '.ts')))).toBe(true)
    }
  })

  test('has a lock file without download addresses', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"')
  })

  test('keeps only what belongs at the top', () => {
    const known =
      /^(src|spec|fixtures|\.ci|\.gitignore|package(-lock)?\.json|vitest\.config\.ts|rolldown\.config\.js|tsconfig(\.build)?\.json|biome\.json|(README|ARCHITECTURE|CONTRIBUTING|CHANGELOG)\.md|LICENSE)$/
    const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
    expect([...new Set(tracked.map((file) => file.split('/')[0]!))].filter((name) => !known.test(name))).toEqual([])
  })
})
