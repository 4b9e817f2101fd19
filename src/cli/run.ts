import { help } from './help.ts'
import { isUsage, usageError } from './usage.ts'
import { version } from './version.ts'

type Command = (args: string[]) => Promise<number>

/** Each takes its own arguments and gives the status to exit with. Help and version need not wait for a tank to load. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  exec: async () => (await import('./exec.ts')).exec,
  trace: async () => (await import('./exec.ts')).trace,
  tour: async () => (await import('./tour/tour.ts')).tour,
}

/** The command line: prints what is wrong with it in one line, and gives the status to exit with. */
export async function run([name = '--help', ...args]: string[]): Promise<number> {
  try {
    if (name === '--version' || name === '-v') return print(version())
    if (name === '--help' || name === '-h' || name === 'help') return print(help)
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (!command) throw usageError(`unknown command ${JSON.stringify(name)}`)
    if (asksForHelp(args)) return print(help)
    return await (await command())(args)
  } catch (error) {
    console.error(`wavetank: ${error instanceof Error ? error.message : String(error)}`)
    if (!isUsage(error)) return 1
    console.error('Try `wavetank --help`.')
    return 2
  }
}

/** After `--` it is somebody else's option. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).includes('--help')
}

function print(text: string): number {
  console.log(text)
  return 0
}
