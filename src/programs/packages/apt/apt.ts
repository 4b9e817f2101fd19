import type { Program } from '../../kernel/program.ts'
import type { Asking } from '../asking.ts'
import { command, parseLine } from '../command.ts'
import { unpackedOf } from '../dpkg/database.ts'
import type { PackageTable } from '../package.ts'
import { installAll } from './install.ts'
import { remove } from './remove.ts'
import { counts, type Run, STATE } from './report.ts'
import { update } from './update.ts'

const VALUED = ['-o', '-t', '-c', '--option', '--target-release']

/** Debian's package manager over a table of packages, by both of its names. apt 2.6 */
export const apt = (name: 'apt' | 'apt-get', table: PackageTable): Program =>
  command(name, (call, args) => {
    const line = parseLine(args, VALUED)
    const [verb = '', ...names] = line.words
    if (line.has('--version', '-v')) {
      call.out('apt 2.6.1 (amd64)\n')
      return 0
    }
    if (name === 'apt') call.say('\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n')
    if (call.process.uid !== 0 && verb !== 'list') return locked(call)
    return dispatch({ call, line, table }, verb, names)
  })

function dispatch(run: Run, verb: string, names: readonly string[]): number {
  switch (verb) {
    case 'update':
      return update(run)
    case 'install':
      return installAll(run, names)
    case 'remove':
    case 'purge':
      return remove(run, names)
    case 'autoremove':
    case 'auto-remove':
      return remove(run, [])
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
      run.call.out(`${STATE}Calculating upgrade...\n${counts(0, 0)}`)
      return 0
    case 'clean':
    case 'autoclean':
      return 0
    case 'list':
      return list(run.call)
    default:
      run.call.say(`E: Invalid operation ${verb}`)
      return 100
  }
}

function locked(call: Asking): number {
  call.say('E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)')
  call.say('E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?')
  return 100
}

function list(call: Asking): number {
  call.out('Listing...\n')
  for (const { name, version, automatic } of [...unpackedOf(call).values()].sort((a, b) => (a.name < b.name ? -1 : 1)))
    call.out(`${name}/stable,now ${version} amd64 [installed${automatic ? ',automatic' : ''}]\n`)
  return 0
}
