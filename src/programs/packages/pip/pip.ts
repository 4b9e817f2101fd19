import type { Program } from '../../kernel/program.ts'
import { command, parseLine } from '../command.ts'
import type { PackageTable } from '../package.ts'
import { installAll } from './install.ts'
import { list, show } from './list.ts'
import { installedOf, siteOf, versionOf } from './site.ts'
import { uninstallAll } from './uninstall.ts'

const VALUED = [
  '-r',
  '--requirement',
  '-c',
  '--constraint',
  '-i',
  '--index-url',
  '--extra-index-url',
  '-t',
  '--target',
  '-f',
  '--find-links',
  '--prefix',
  '--root',
  '--trusted-host',
  '--timeout',
  '--retries',
  '--cache-dir',
]

/** Python's package installer over a table of packages. pip 24 */
export const pip = (name: 'pip' | 'pip3', table: PackageTable): Program =>
  command(name, (call, args) => {
    const line = parseLine(args, VALUED)
    const [verb = '', ...words] = line.words
    if (line.has('--version', '-V')) {
      const site = siteOf(call)
      call.out(`pip 24.0 from ${site}/pip (python ${versionOf(site)})\n`)
      return 0
    }
    switch (verb) {
      case 'install':
        return installAll(call, line, words, table)
      case 'uninstall':
        return uninstallAll(call, words)
      case 'list':
        return list(call)
      case 'freeze':
        for (const one of installedOf(call)) if (!TOOLS.has(one.name)) call.out(`${one.name}==${one.version}\n`)
        return 0
      case 'show':
        return show(call, words)
      case 'check':
        call.out('No broken requirements found.\n')
        return 0
      case 'cache':
      case 'config':
        return 0
      default:
        if (verb === '') call.out('\nUsage:   \n  pip <command> [options]\n')
        else call.say(`ERROR: unknown command "${verb}"`)
        return verb === '' ? 0 : 1
    }
  })

const TOOLS = new Set(['pip', 'setuptools', 'wheel'])
