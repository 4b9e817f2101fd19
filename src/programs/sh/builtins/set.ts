import { compareBytes } from '../../text/codec.ts'
import { complain } from '../complain.ts'
import { Failure } from '../failure.ts'
import { OPTION_LETTERS, OPTION_NAMES, optionKey } from '../options.ts'
import type { Session } from '../session.ts'
import type { Builtin } from './builtin.ts'
import { variableLine } from './export.ts'
import { print } from './output.ts'

export const set: Builtin = (session, argv) => {
  if (argv.length === 1) return listVariables(session)
  const { shell } = session
  let at = 1
  for (; at < argv.length; at++) {
    const arg = argv[at]!
    if (arg === '--' || arg === '-') {
      if (arg === '-') {
        shell.options.x = false
        shell.options.v = false
        if (at + 1 >= argv.length) return 0
      }
      shell.args = argv.slice(at + 1)
      return 0
    }
    if (!/^[-+]./.test(arg)) break
    for (const letter of arg.slice(1)) {
      if (letter === 'o') {
        if (!setNamed(session, argv[++at], arg[0] === '-')) return 1
      } else setLetter(session, letter, arg[0] === '-')
    }
  }
  if (at < argv.length) shell.args = argv.slice(at)
  return 0
}

function listVariables(session: Session): number {
  const { variables } = session.shell
  const names = [...variables.keys()].sort(compareBytes)
  print(session, names.map((name) => variableLine(name, variables.get(name)?.value ?? '')).join(''))
  return 0
}

function setLetter(session: Session, letter: string, on: boolean): void {
  if (!OPTION_LETTERS.includes(letter)) throw new Failure(`illegal option ${on ? '-' : '+'}${letter}`)
  if (letter === 'm' && on && !session.process.tty) complain(session, "can't access tty; job control turned off")
  else session.shell.options[letter] = on
}

function setNamed(session: Session, name: string | undefined, on: boolean): boolean {
  if (name === undefined) {
    print(session, OPTION_NAMES.map((each) => optionLine(session, each, on)).join(''))
    return true
  }
  if (!OPTION_NAMES.includes(name)) {
    complain(session, `illegal option ${on ? '-' : '+'}o ${name}`)
    return false
  }
  const key = optionKey(name)
  if (key.length === 1) setLetter(session, key, on)
  else session.shell.options[key] = on
  return true
}

function optionLine({ shell }: Session, name: string, table: boolean): string {
  const on = shell.options[optionKey(name)] === true
  return table ? `${name.padEnd(16)}${on ? 'on' : 'off'}\n` : `set ${on ? '-' : '+'}o ${name}\n`
}
