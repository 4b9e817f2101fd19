import { alpine } from '../../../src/engine/images/official/alpine.ts'
import { debian } from '../../../src/engine/images/official/debian.ts'
import type { Packages } from '../../../src/programs/packages/package.ts'
import { Builder } from '../../engine/build/building.ts'

export interface Ran {
  readonly text: string
  readonly status: number
}

/** Runs a script in a container of an image that has package managers. */
export async function inside(base: 'alpine' | 'debian', script: string, packages: Packages = {}): Promise<Ran> {
  const images = { 'docker.io/library/alpine:latest': alpine, 'docker.io/library/debian:latest': debian }
  const builder = new Builder({ images, packages })
  const run = JSON.stringify(['sh', '-c', script])
  const lines = await builder.build('', `FROM ${base}\nENV LC_ALL=C\nRUN ${run}\n`)
  const from = lines.findIndex(({ stream }) => stream?.startsWith('Step 3/3')) + 3
  const output = lines.slice(from).filter(({ stream }) => stream && !/^ --->|^Successfully built/.test(stream))
  const failed = lines.at(-1)?.errorDetail
  // What goes to standard error is red.
  const text = output.map(({ stream = '' }) => stream.split('\u001b[91m').join('').split('\u001b[0m').join('')).join('')
  return { text, status: failed ? (failed.code ?? -1) : 0 }
}
