import { tool } from '../tool.ts'
import { rows } from './rows.ts'

/** The databases, and what parts the fields of their rows. */
const DATABASES: ReadonlyMap<string, RegExp> = new Map([
  ['passwd', /:/],
  ['group', /:/],
  ['shadow', /:/],
  ['hosts', /\s+/],
  ['services', /\s+/],
])

export const getent = tool({
  name: 'getent',
  short: 's:',
  usage: 'getent DATABASE [KEY]...',
  run(call) {
    const [database = '', ...keys] = call.operands
    const separator = DATABASES.get(database)
    if (!separator) {
      call.kernel.puts(call.process, 2, `Unknown database: ${database}\n`)
      return 1
    }
    const lines = rows(call, `/etc/${database}`)
    if (keys.length === 0) for (const line of lines) call.out(`${line}\n`)
    for (const key of keys) {
      const found = lines.find((line) => isOf(database, line.split(separator), key))
      if (found === undefined) return 2
      call.out(`${database === 'hosts' ? aligned(found.split(separator)) : found}\n`)
    }
    return 0
  },
})

/** A host has many names; elsewhere the key is the name or the number. */
const isOf = (database: string, fields: readonly string[], key: string) =>
  database === 'hosts' ? fields.includes(key) : fields[0] === key || fields[2] === key

const aligned = ([address = '', ...names]: readonly string[]) => `${address.padEnd(15)} ${names.join(' ')}`
