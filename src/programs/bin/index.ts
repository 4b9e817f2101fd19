import type { Program } from '../kernel/program.ts'
import { cat } from './cat.ts'
import { echo } from './echo.ts'
import { hello } from './hello.ts'
import { sleep } from './sleep.ts'
import { falsehood, truth } from './truth.ts'

/** The busybox-like programs. */
// biome-ignore lint/suspicious/noExplicitAny: each program has a frame of its own
export const bin: readonly Program<any>[] = [cat, echo, falsehood, hello, sleep, truth]
