import type { Program } from '../kernel/program.ts'
import { apk } from './apk/apk.ts'
import { APK } from './apk/table.ts'
import { apt } from './apt/apt.ts'
import { APT } from './apt/table.ts'
import { dpkg, dpkgQuery } from './dpkg/dpkg.ts'
import { npm } from './npm/npm.ts'
import { npx } from './npm/npx.ts'
import { NPM } from './npm/table.ts'
import type { Packages } from './package.ts'
import { pip } from './pip/pip.ts'
import { PIP } from './pip/table.ts'

/**
 * The package managers of the world. Tables add to what they find anyway, and replace what has the same name.
 *
 * @example packageManagers({ apk: { 'acme-tools': { version: '2.1-r0', bin: { '/usr/bin/acme': 'true' } } } })
 */
export function packageManagers(packages: Packages = {}): readonly Program[] {
  const aptTable = { ...APT, ...packages.apt }
  const pipTable = { ...PIP, ...packages.pip }
  return [
    apk({ ...APK, ...packages.apk }),
    apt('apt', aptTable),
    apt('apt-get', aptTable),
    dpkg,
    dpkgQuery,
    npm({ ...NPM, ...packages.npm }),
    npx({ ...NPM, ...packages.npm }),
    pip('pip', pipTable),
    pip('pip3', pipTable),
  ]
}
