import { FileError } from '../../storage/file-error.ts'
import { baseName } from '../catalog.ts'
import { DEFAULT_PATH } from '../find-executable.ts'
import { strerror } from '../kernel/errno.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../text/codec.ts'
import type { Frame } from './frames.ts'
import { OPTION_LETTERS, OPTION_NAMES, optionKey } from './options.ts'
import { isName } from './read/tokens.ts'
import { source } from './run/source.ts'
import type { Options, Shell, ShellBuild, Variable } from './shell.ts'

/** How the shell was called. */
interface Call {
  readonly options: Options
  /** `-c`'s text is in `operands`. */
  readonly command: boolean
  readonly stdin: boolean
  readonly interactive: boolean
  readonly operands: readonly string[]
  /** What is wrong with it. */
  readonly refusal: string | undefined
  /** The same, but it goes on. */
  readonly complaint?: string | undefined
}

function parseCall(args: readonly string[]): Call {
  const options: Options = {}
  let flags = ''
  let unknown: string | undefined
  let at = 0
  for (; at < args.length; at++) {
    const arg = args[at]!
    if (arg === '--' || arg === '-') {
      at++
      break
    }
    if (!/^[-+]./.test(arg)) break
    if (arg === '--login') continue
    for (const letter of arg.slice(1)) {
      const on = arg[0] === '-'
      if (letter === 'o') {
        const name = args[++at] ?? ''
        if (OPTION_NAMES.includes(name)) options[optionKey(name)] = on
        else unknown = `illegal option ${arg[0]}o ${name}`
      } else if ('csil'.includes(letter)) flags += letter
      else if (OPTION_LETTERS.includes(letter)) options[letter] = on
      else return refused(`illegal option ${arg[0]}${letter}`)
    }
  }
  const operands = args.slice(at)
  const command = flags.includes('c')
  if (command && operands.length === 0) return refused('-c requires an argument')
  return {
    options,
    command,
    stdin: flags.includes('s') || operands.length === 0,
    interactive: flags.includes('i'),
    operands,
    refusal: undefined,
    complaint: unknown,
  }
}

const refused = (refusal: string): Call => ({
  options: {},
  command: false,
  stdin: false,
  interactive: false,
  operands: [],
  refusal,
})

/** The shell at its beginning. */
export function startShell(kernel: Kernel, process: Process, { banner, asksCursor }: ShellBuild): Shell {
  const call = parseCall(process.argv.slice(1))
  const applet = baseName(process.argv[0] ?? 'sh').replace(/^-/, '')
  const onTerminal = process.fds[0]?.kind === 'tty' && process.fds[1]?.kind === 'tty'
  const interactive = call.interactive || (call.stdin && !call.command && onTerminal)
  const options: Options = {
    ...call.options,
    ...(call.command ? { c: true } : {}),
    ...(interactive ? { i: true } : {}),
  }
  if (interactive && process.tty) options.m = true
  const { frames, name, args, commandName } = sourceOf(kernel, process, call, process.argv[0] ?? 'sh')
  if (call.stdin && !call.command && call.refusal === undefined) options.s = true
  if (call.complaint !== undefined) kernel.puts(process, 2, `${name}: ${call.complaint}\n`)
  if (interactive && banner) kernel.puts(process, 1, `\n\n${banner}\nEnter 'help' for a list of built-in commands.\n\n`)
  const directory = directoryOf(kernel, process)
  return {
    frames,
    variables: variablesOf(kernel, process, directory),
    held: 0,
    directory,
    functions: new Map(),
    aliases: new Map(),
    args,
    name,
    applet,
    commandName,
    status: 0,
    options,
    traps: new Map(),
    locked: interactive ? new Set() : new Set(process.ignored),
    background: 0,
    jobs: [],
    pid: process.pid,
    subshell: false,
    interactive,
    asksCursor,
    tested: false,
    line: 0,
    random: kernel.nextRandom(),
    optionOffset: 0,
    exiting: false,
    warned: false,
  }
}

interface Source {
  readonly frames: Frame[]
  readonly name: string
  readonly args: readonly string[]
  readonly commandName: string | undefined
}

function sourceOf(kernel: Kernel, process: Process, call: Call, called: string): Source {
  const { operands } = call
  const nobody = { name: called, args: [], commandName: undefined }
  if (call.refusal !== undefined) return { ...nobody, frames: [{ type: 'refusal', words: call.refusal, status: 2 }] }
  if (call.command) {
    const [text = '', name, ...args] = operands
    return { frames: [source(text, 0, { last: true })], name: name ?? called, args, commandName: name }
  }
  if (call.stdin)
    return { ...nobody, frames: [{ type: 'input', text: '', line: 1, prompted: false, ended: false }], args: operands }
  const [path = '', ...args] = operands
  return fromFile(kernel, process, path, args, called)
}

function fromFile(kernel: Kernel, process: Process, path: string, args: readonly string[], called: string): Source {
  try {
    const bytes = kernel.namespace.readFile(kernel.caller(process), path, { cwd: process.cwd })
    return { frames: [source(decode(bytes), 1, { echoes: true })], name: path, args, commandName: path }
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    // To read a directory is an error that ash does not tell.
    if (error.code === 'EISDIR') return { frames: [source('', 1)], name: path, args, commandName: path }
    const words = `can't open '${path}': ${strerror(error.code)}`
    return {
      frames: [{ type: 'refusal', words, status: 2 }],
      name: called,
      args,
      commandName: undefined,
    }
  }
}

/** The working directory by the name that PWD has for it, if that is right. */
function directoryOf(kernel: Kernel, process: Process): string {
  const named = process.env.get('PWD')
  const real = kernel.namespace.pathOf(process.cwd)
  if (!named?.startsWith('/') || named === real) return real
  try {
    const { at } = kernel.namespace.resolve(named)
    return at?.mount === process.cwd.mount && at.ino === process.cwd.ino ? named : real
  } catch {
    return real
  }
}

function variablesOf(kernel: Kernel, process: Process, directory: string): Map<string, Variable> {
  const variables = new Map<string, Variable>()
  const own = (name: string, value: string, exported = false) =>
    variables.set(name, { value, exported, readOnly: false })
  own('FUNCNAME', '')
  own('IFS', ' \t\n')
  own('LINENO', '')
  own('OPTIND', '1')
  own('PATH', DEFAULT_PATH)
  own('PS1', process.uid === 0 ? '\\w # ' : '\\w $ ')
  own('PS2', '> ')
  own('PS4', '+ ')
  own('RANDOM', '')
  for (const [name, value] of process.env) {
    if (isName(name) && name !== 'IFS' && name !== 'OPTIND') own(name, value, true)
  }
  own('PPID', String(process.ppid))
  own('PWD', directory, true)
  own('SHLVL', String((Number(process.env.get('SHLVL')) || 0) + 1), true)
  if (!variables.has('HOSTNAME')) own('HOSTNAME', kernel.hostname)
  return variables
}
