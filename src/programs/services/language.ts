import { PAUSE, type Program } from '../kernel/program.ts'

/**
 * The interpreter of a language: it tells its version, and runs no code, since nothing of a language is emulated. Asked to run something it
 * stays idle, as a program nobody described, and the journal says so.
 */
const language = (
  name: string,
  versions: {
    readonly asked: readonly string[]
    readonly variable: string
    readonly says: (version: string) => string
  },
): Program<{ told: boolean }> => ({
  name,
  mortal: true,
  init: () => ({ told: false }),
  step(kernel, process, frame) {
    const [, first] = process.argv
    if (first !== undefined && versions.asked.includes(first)) {
      kernel.puts(process, 1, `${versions.says(process.env.get(versions.variable) ?? '0.0.0')}\n`)
      return { type: 'exit', code: 0 }
    }
    if (!frame.told) {
      frame.told = true
      kernel.notice(
        `${process.path} runs no code in a tank: it stays idle until a signal ends it; tank.program(${JSON.stringify(process.path)}, …) says what it does`,
      )
    }
    return PAUSE
  },
})

export const node = language('node', {
  asked: ['--version', '-v'],
  variable: 'NODE_VERSION',
  says: (version) => `v${version}`,
})

export const python = language('python', {
  asked: ['--version', '-V'],
  variable: 'PYTHON_VERSION',
  says: (version) => `Python ${version}`,
})
