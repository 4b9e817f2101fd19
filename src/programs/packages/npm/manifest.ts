import type { Asking } from '../asking.ts'
import type { Line } from '../command.ts'
import { put, textAt } from '../files.ts'
import { installedIn, modules } from './modules.ts'

export interface Manifest {
  name?: string
  version?: string
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

/** Undefined: there is none, or it is none. */
export function manifestOf(call: Asking): Manifest | undefined {
  const text = textAt(call, 'package.json')
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Manifest
  } catch {
    return undefined
  }
}

export const saveManifest = (call: Asking, manifest: Manifest) =>
  put(call, 'package.json', `${JSON.stringify(manifest, null, 2)}\n`)

export function lock(call: Asking, line: Line): void {
  const manifest = manifestOf(call) ?? {}
  const packages = installedIn(call, modules(call, line)).map(({ name, version }) => [
    `node_modules/${name}`,
    { version },
  ])
  const { name = 'app', version = '1.0.0' } = manifest
  const root = { name, version, dependencies: manifest.dependencies }
  const document = {
    name,
    version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...Object.fromEntries(packages) },
  }
  put(call, 'package-lock.json', `${JSON.stringify(document, null, 2)}\n`)
}
