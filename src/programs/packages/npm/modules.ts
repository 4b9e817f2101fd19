import { FileError } from '../../../storage/file-error.ts'
import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { textAt } from '../files.ts'
import type { Manifest } from './manifest.ts'

export const GLOBAL = '/usr/local/lib'

export const isGlobal = (line: Line) => line.has('-g', '--global')

export const cwd = ({ kernel, process }: Asking) => kernel.namespace.pathOf(process.cwd)

export const modules = (call: Asking, line: Line) =>
  `${isGlobal(line) ? GLOBAL : cwd(call).replace(/^\/$/, '')}/node_modules`

export const binaries = (call: Asking, line: Line) =>
  isGlobal(line) ? '/usr/local/bin' : `${modules(call, line)}/.bin`

export function installedIn(call: Asking, directory: string): { name: string; version: string }[] {
  const names = (path: string): string[] => {
    try {
      return call.files.readdir(call.caller, path, call.here).filter((name) => !name.startsWith('.'))
    } catch (error) {
      if (error instanceof FileError) return []
      throw error
    }
  }
  const all = names(directory).flatMap((name) =>
    name.startsWith('@') ? names(`${directory}/${name}`).map((own) => `${name}/${own}`) : [name],
  )
  return all.sort().flatMap((name) => {
    const text = textAt(call, `${directory}/${name}/package.json`)
    return text === undefined ? [] : [{ name, version: (JSON.parse(text) as Manifest).version ?? '' }]
  })
}
