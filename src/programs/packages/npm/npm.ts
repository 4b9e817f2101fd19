import type { Program } from '../../kernel/program.ts'
import { command, parseLine } from '../command.ts'
import type { PackageTable } from '../package.ts'
import { init } from './init.ts'
import { clean, installAll } from './install.ts'
import { list } from './list.ts'
import { run } from './run.ts'
import { uninstallAll } from './uninstall.ts'

export const VERSION = '10.8.2'

const VALUED = ['--prefix', '--registry', '--loglevel', '--omit', '--include', '-w', '--workspace']

/** Node's package manager over a table of packages. npm 10 */
export const npm = (table: PackageTable): Program =>
  command('npm', (call, args) => {
    const dashes = args.indexOf('--')
    const line = parseLine(dashes < 0 ? args : args.slice(0, dashes), VALUED)
    const rest = dashes < 0 ? [] : args.slice(dashes + 1)
    const [verb = '', ...words] = line.words
    if (line.has('--version', '-v')) {
      call.out(`${VERSION}\n`)
      return 0
    }
    switch (verb) {
      case 'install':
      case 'i':
      case 'add':
        return installAll(call, line, words, table)
      case 'ci':
        return clean(call, line, table)
      case 'uninstall':
      case 'remove':
      case 'rm':
        return uninstallAll(call, line, words)
      case 'init':
        return init(call)
      case 'run':
      case 'run-script':
        return run(call, words[0], [...words.slice(1), ...rest])
      case 'test':
      case 'start':
      case 'stop':
        return run(call, verb, [...words, ...rest])
      case 'ls':
      case 'list':
        return list(call, line)
      case 'config':
      case 'cache':
      case 'set':
      case 'prune':
      case 'audit':
        return 0
      default:
        call.out(
          verb === ''
            ? 'npm <command>\n\nUsage:\n\nnpm install        install all the dependencies in your project\n'
            : '',
        )
        if (verb !== '')
          call.say(`Unknown command: "${verb}"\n\nTo see a list of supported npm commands, run:\n  npm help`)
        return 1
    }
  })
