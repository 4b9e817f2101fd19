import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FIXTURES = fileURLToPath(new URL('../../../fixtures/', import.meta.url))

/** How a script reaches the shell: `sh -c`, `sh script`, or on standard input. */
export type Way = 'command' | 'file' | 'stdin'

export interface Script {
  readonly name: string
  readonly way: Way
  readonly text: string
}

/** A file of fixtures/sh or fixtures/bin: scripts, with the recorded outcomes beside them. */
export const pathOf = (folder: string, topic: string, kind: 'sh' | 'json'): string =>
  `${FIXTURES}${folder}/${topic}.${kind}`

export const topics = (folder: string): string[] =>
  readdirSync(FIXTURES + folder)
    .filter((name) => name.endsWith('.sh'))
    .map((name) => name.slice(0, -3))

/** Reads the scripts of a topic: a line `### name` begins each; `(file)` or `(stdin)` says the way. */
export function scriptsOf(folder: string, topic: string): Script[] {
  const source = readFileSync(pathOf(folder, topic, 'sh'), 'utf8')
  return source
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n')
      const [, name = '', way] = /^(.*?)(?: \((file|stdin)\))?$/.exec(part.slice(0, end)) ?? []
      const text = part.slice(end + 1).replace(/\n$/, '')
      return { name, way: (way ?? 'command') as Way, text: way ? `${text}\n` : text }
    })
}

/** What the shell is called with. */
export const argvOf = ({ way, text }: Script): string[] =>
  way === 'command' ? ['sh', '-c', text] : way === 'file' ? ['sh', 'script'] : ['sh']
