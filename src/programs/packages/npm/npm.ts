import type { Program } from '../../kernel/program.ts'
import type { Asking } from '../asking.ts'
import { command, type Line, parseLine } from '../command.ts'
import type { PackageTable } from '../package.ts'
import { init } from './init.ts'
import { clean, installAll } from './install.ts'
import { list } from './list.ts'
import { run } from './run.ts'
import { uninstallAll } from './uninstall.ts'

export const VERSION = '10.8.2'

const VALUED = ['--prefix', '--registry', '--loglevel', '--omit', '--include', '-w', '--workspace']

/** What follows `npm`, and the packages that there are. */
interface Asked {
  readonly line: Line
  readonly verb: string
  readonly words: readonly string[]
  /** What stands behind `--`. */
  readonly rest: readonly string[]
  readonly table: PackageTable
}

type Verb = (call: Asking, asked: Asked) => number | undefined

const install: Verb = (call, { line, words, table }) => installAll(call, line, words, table)
const uninstall: Verb = (call, { line, words }) => uninstallAll(call, line, words)
const script: Verb = (call, { words, rest }) => run(call, words[0], [...words.slice(1), ...rest])
/** A script that is a verb itself. */
const named: Verb = (call, { verb, words, rest }) => run(call, verb, [...words, ...rest])
const listed: Verb = (call, { line }) => list(call, line)
const nothing: Verb = () => 0

const VERBS: Readonly<Record<string, Verb>> = {
  ...{ install, i: install, add: install, ci: (call, { line, table }) => clean(call, line, table) },
  ...{ uninstall, remove: uninstall, rm: uninstall, init: (call) => init(call), ls: listed, list: listed },
  ...{ run: script, 'run-script': script, test: named, start: named, stop: named },
  ...{ config: nothing, cache: nothing, set: nothing, prune: nothing, audit: nothing },
}

/** Node's package manager over a table of packages. npm 10 */
export const npm = (table: PackageTable): Program =>
  command('npm', (call, args) => {
    const dashes = args.indexOf('--')
    const line = parseLine(dashes < 0 ? args : args.slice(0, dashes), VALUED)
    const [verb = '', ...words] = line.words
    if (line.has('--version', '-v')) {
      call.out(`${VERSION}\n`)
      return 0
    }
    if (!Object.hasOwn(VERBS, verb)) return unknown(call, verb)
    return VERBS[verb]!(call, { line, verb, words, rest: dashes < 0 ? [] : args.slice(dashes + 1), table })
  })

function unknown(call: Asking, verb: string): 1 {
  if (verb === '')
    call.out('npm <command>\n\nUsage:\n\nnpm install        install all the dependencies in your project\n')
  else call.say(`Unknown command: "${verb}"\n\nTo see a list of supported npm commands, run:\n  npm help`)
  return 1
}
