import type { Builtin } from './builtin.ts'
import { builtinNames } from './index.ts'
import { printed } from './output.ts'

export const help: Builtin = (session) => {
  const lines = ['Built-in commands:', '------------------']
  let line = '\t'
  for (const name of builtinNames()) {
    if (line.length + name.length > 64) {
      lines.push(line.trimEnd())
      line = '\t'
    }
    line += `${name} `
  }
  return printed(session, `${[...lines, line.trimEnd()].join('\n')}\n\n`)
}
