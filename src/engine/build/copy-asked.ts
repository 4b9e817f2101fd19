import { Problem } from '../../core/problem.ts'
import type { Build, Stage } from './build.ts'
import { expand } from './expand.ts'
import { flagOf, type Instruction } from './instruction.ts'
import { lookupIn } from './variables.ts'
import { splitWords, unquote } from './words.ts'

/** What a COPY or ADD asks for, its variables filled in. */
export interface Asked {
  readonly keyword: 'ADD' | 'COPY'
  readonly words: readonly string[]
  readonly destination: string
  /** A stage or an image; undefined is the context. */
  readonly from: string | undefined
  /** Empty where they are not given. */
  readonly chown: string
  readonly chmod: string
}

export function askedOf(build: Build, stage: Stage, instruction: Instruction): Asked {
  const lookup = lookupIn(build, stage)
  const plain = (text: string) => unquote(expand(text, lookup, build.escape))
  const flag = (name: string) => {
    const value = flagOf(instruction, name)
    return value === undefined ? undefined : plain(value)
  }
  const words = (instruction.json ?? splitWords(instruction.rest, build.escape)).map(plain)
  const destination = words.pop() ?? ''
  if (words.length === 0) throw new Problem('System', `${instruction.keyword} requires at least two arguments`)
  return {
    keyword: instruction.keyword as Asked['keyword'],
    words,
    destination,
    from: flag('from'),
    chown: flag('chown') ?? '',
    chmod: flag('chmod') ?? '',
  }
}
