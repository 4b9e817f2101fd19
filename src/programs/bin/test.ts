import { exit, type Program } from '../kernel/program.ts'
import { evaluateTest, TestError } from '../test-expression.ts'
import { RegularExpressionError } from '../text/regular-expression.ts'

const program = (name: string, close?: string): Program<null> => ({
  name,
  init: () => null,
  step(kernel, process) {
    const words = process.argv.slice(1)
    const complain = (text: string) => {
      kernel.puts(process, 2, `${name}: ${text}\n`)
      return exit(2)
    }
    if (close !== undefined && words.pop() !== close) return complain(`missing ${close}`)
    try {
      return exit(evaluateTest(kernel, process, words, name === '[[') ? 0 : 1)
    } catch (error) {
      if (error instanceof TestError || error instanceof RegularExpressionError) return complain(error.words)
      throw error
    }
  },
})

export const test = program('test')
export const bracket = program('[', ']')
export const doubleBracket = program('[[', ']]')
