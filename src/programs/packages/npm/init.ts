import type { Asking } from '../asking.ts'
import { saveManifest } from './manifest.ts'
import { cwd } from './modules.ts'

export function init(call: Asking): number {
  const path = cwd(call)
  const manifest = {
    name: path.slice(path.lastIndexOf('/') + 1) || 'app',
    version: '1.0.0',
    main: 'index.js',
    scripts: { test: 'echo "Error: no test specified" && exit 1' },
    keywords: [],
    author: '',
    license: 'ISC',
    description: '',
  }
  saveManifest(call, manifest)
  call.out(`Wrote to ${path.replace(/^\/$/, '')}/package.json:\n\n${JSON.stringify(manifest, null, 2)}\n\n\n`)
  return 0
}
