import type { Program } from '../../kernel/program.ts'
import type { Asking } from '../asking.ts'
import { command, type Line, parseLine } from '../command.ts'
import type { PackageTable } from '../package.ts'
import { add } from './add.ts'
import { installedOf } from './database.ts'
import { del } from './del.ts'
import { info } from './info.ts'
import { over } from './report.ts'
import { refresh, update } from './repositories.ts'
import { list, search } from './search.ts'

const VERSION = 'apk-tools 2.14.4, compiled for x86_64.'

const VALUED = [
  '-t',
  '--virtual',
  '-X',
  '--repository',
  '-p',
  '--root',
  '--arch',
  '--keys-dir',
  '--wait',
  '--cache-max-age',
]

type Verb = (call: Asking, line: Line, names: readonly string[], table: PackageTable) => number

/** Alpine's package manager over a table of packages. apk-tools 2.14 */
export const apk = (table: PackageTable): Program =>
  command('apk', (call, args) => {
    const line = parseLine(args, VALUED)
    const [name = '', ...names] = line.words
    if (line.has('--version', '-V') || name === '--version') {
      call.out(`${VERSION}\n`)
      return 0
    }
    const verb = VERBS[name]
    if (!verb) {
      call.out(`${VERSION}\n\nusage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]\n`)
      return 1
    }
    if (CHANGES.has(name) && call.process.uid !== 0) {
      call.say('ERROR: Unable to lock database: Permission denied')
      call.say('ERROR: Failed to open apk database: Permission denied')
      return 99
    }
    return verb(call, line, names, table)
  })

const CHANGES = new Set(['add', 'del', 'update', 'upgrade', 'fix'])

const VERBS: Readonly<Record<string, Verb>> = {
  add,
  del,
  update,
  upgrade: (call, line) => {
    refresh(call, line)
    return over(call, line, installedOf(call))
  },
  fix: (call, line) => over(call, line, installedOf(call)),
  cache: () => 0,
  info,
  list,
  search,
}
