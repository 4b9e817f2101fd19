import { createRequire } from 'node:module'

/** The package's own version; this file lies two folders below its root, built or not. */
export function version(): string {
  return (createRequire(import.meta.url)('../../package.json') as { version: string }).version
}
