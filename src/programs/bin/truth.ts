import type { Program } from '../kernel/program.ts'
import { exit } from '../kernel/program.ts'

const constant = (name: string, code: number): Program => ({ name, init: () => null, step: () => exit(code) })

export const truth = constant('true', 0)
export const falsehood = constant('false', 1)
