import { become } from '../../bin/exec.ts'
import type { Program } from '../../kernel/program.ts'
import { command, parseLine } from '../command.ts'
import { install, textAt } from '../files.ts'
import { lookup, type PackageTable } from '../package.ts'
import { missing } from './failure.ts'
import { split } from './install.ts'
import { modules } from './modules.ts'

/** Runs a command of a package, which is fetched where it is not there. */
export const npx = (table: PackageTable): Program =>
  command('npx', (call, args) => {
    const [first = '', ...rest] = args.filter((arg, i) => !/^(-y|--yes|--no-install)$/.test(arg) || i > 2)
    const [name] = split(first)
    const own = `${modules(call, parseLine([]))}/.bin`
    const cache = '/root/.npm/_npx/node_modules/.bin'
    if (textAt(call, `${own}/${name}`) === undefined && textAt(call, `/usr/local/bin/${name}`) === undefined) {
      const one = lookup(table, name)
      if (!one) return missing(call, name, '*')
      const bin = Object.entries(one.bin).map(([command, program]) => [`${cache}/${command}`, program])
      install(call, { ...one, bin: Object.fromEntries(bin) })
    }
    const env = new Map(call.process.env)
    env.set('PATH', `${own}:${cache}:${env.get('PATH') ?? ''}`)
    become(call, [name, ...rest], env)
    return undefined
  })
