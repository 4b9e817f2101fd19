import { programs } from '#programs'
import type { Program } from '../programs/kernel/program.ts'
import { programName, programPath } from './declared-images.ts'
import type { NamedImage } from './image.ts'

/** The programs that declared images bring with them, those of their bases too. */
export function programsOf(images: readonly NamedImage[]): Program[] {
  return images.flatMap(({ reference, spec }): Program[] => {
    const below = typeof spec.from === 'object' ? programsOf([spec.from]) : []
    if (spec.program === undefined) return below
    const { programOf } = programs()
    return [...below, { ...programOf(programPath(reference, spec), spec.program), name: programName(reference) }]
  })
}
