import { freeze } from '../../freeze.ts'
import { decode, encode } from '../../text/codec.ts'
import { RegularExpressionError, regularExpression } from '../../text/regular-expression.ts'
import type { Call } from '../call.ts'
import { filter } from '../filter.ts'
import { usage } from '../tool.ts'
import { parseScript } from './parse.ts'
import { runSed } from './run.ts'
import { ScriptProblem } from './script.ts'
import { type Sed, sedState } from './state.ts'

const LINE = 'sed [-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...'

function scriptOf(call: Call<Sed>): string | undefined {
  const parts = [...call.values('e')]
  for (const path of call.values('f')) {
    const bytes = call.attempt(() => call.files.readFile(call.caller, path, call.here))
    if (!bytes) return undefined
    parts.push(decode(bytes).replace(/\n$/, ''))
  }
  if (parts.length === 0 && call.operands[0] !== undefined) parts.push(call.operands[0])
  return parts.length > 0 ? parts.join('\n') : undefined
}

function start(call: Call<Sed>): number | undefined {
  const sed = call.data
  const source = scriptOf(call)
  if (source === undefined) {
    if (call.frame.code === 0) usage(call, LINE)
    return 1
  }
  sed.extended = call.has('E') || call.has('r')
  let badOne = ''
  try {
    // A script that begins with #n is silent.
    if (/^#n(\n|$)/.test(source)) (call.frame.args.flags as Set<string>).add('n')
    sed.commands = freeze(parseScript(source))
    for (const { substitution } of sed.commands) {
      badOne = substitution?.source ?? ''
      if (substitution) regularExpression(badOne, { extended: sed.extended })
    }
    return undefined
  } catch (error) {
    if (error instanceof ScriptProblem) call.fail(error.words)
    else if (error instanceof RegularExpressionError) call.fail(`bad regex '${badOne}': ${error.words}`)
    else throw error
    return 1
  }
}

const inPlace = (call: Call<Sed>) => call.has('i')

/** With `-i`, the new content takes the place of the file. */
function save(call: Call<Sed>): void {
  const sed = call.data
  if (sed.edited === undefined) return
  // What `q` left unread stays as it is.
  for (const { text, ended } of sed.waiting.splice(0).slice(sed.taken)) sed.edited += text + (ended ? '\n' : '')
  sed.taken = 0
  const content = sed.edited
  const suffix = call.value('i')
  call.attempt(() => {
    if (suffix) call.files.rename(call.caller, sed.file, sed.file + suffix, call.here)
    const mode = call.files.lookup(suffix ? sed.file + suffix : sed.file, call.here)?.mode ?? 0o644
    call.files.writeFile(call.caller, sed.file, encode(content), mode & 0o7777, call.here)
  })
  sed.edited = undefined
}

export const sed = filter<Sed>({
  name: 'sed',
  short: 'nrEszi::e:f:',
  long: { quiet: 'n', silent: 'n', 'regexp-extended': 'E', 'expression:': 'e', 'file:': 'f', 'in-place': 'i' },
  usage: LINE,
  data: sedState,
  start,
  inputs(call) {
    const given = call.has('e') || call.has('f') ? call.operands : call.operands.slice(1)
    return given.length > 0 ? given : ['-']
  },
  open(call, name) {
    const sed = call.data
    sed.file = name
    if (!inPlace(call)) return
    sed.edited = ''
    sed.line = 0
    sed.inputEnded = false
    sed.openEnd = false
  },
  line: (call, text, ended) => void call.data.waiting.push({ text, ended }),
  busy: advance,
  close(call) {
    if (inPlace(call)) call.data.inputEnded = true
  },
  end(call) {
    const sed = call.data
    sed.inputEnded = true
    if (runSed(call)) call.pause({ type: 'run' })
    else save(call)
  },
})

/** Between two reads. With `-i` each file is finished before the next one is opened. */
function advance(call: Call<Sed>): boolean {
  const sed = call.data
  const more = runSed(call)
  if (!inPlace(call)) {
    if (sed.quitting) call.finish()
  } else if (!more && sed.inputEnded) save(call)
  return more
}
