import { exec } from './exec.ts'
import { help } from './help.ts'
import { serve } from './serve.ts'
import { tour } from './tour/tour.ts'
import { isUsage, usageError } from './usage.ts'
import { version } from './version.ts'

/** Each takes its own arguments and gives the status to exit with. */
const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<number>>> = { serve, exec, tour }

/** The command line: prints what is wrong with it in one line, and gives the status to exit with. */
export async function run([name = '--help', ...args]: string[]): Promise<number> {
  try {
    if (name === '--version' || name === '-v') return print(version())
    if (name === '--help' || name === '-h' || name === 'help') return print(help)
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (!command) throw usageError(`unknown command ${JSON.stringify(name)}`)
    return args.includes('--help') && !args.slice(0, args.indexOf('--help')).includes('--')
      ? print(help)
      : await command(args)
  } catch (error) {
    console.error(`wavetank: ${error instanceof Error ? error.message : String(error)}`)
    if (!isUsage(error)) return 1
    console.error('Try `wavetank --help`.')
    return 2
  }
}

function print(text: string): number {
  console.log(text)
  return 0
}
