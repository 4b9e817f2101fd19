import type { Rows } from './index.ts'

export const STACK: Rows<'push' | 'pop' | 'duplicate' | 'reach' | 'swap' | 'rotate'> = {
  push({ data: { stack } }, { value }) {
    stack.push(value)
  },
  pop({ data: { stack } }) {
    stack.pop()
  },
  duplicate({ data: { stack } }) {
    stack.push(stack.at(-1))
  },
  reach({ data: { stack } }, { depth }) {
    stack.push(stack.at(-1 - depth))
  },
  swap({ data: { stack } }) {
    const [a, b] = stack.splice(-2)
    stack.push(b, a)
  },
  rotate({ data: { stack } }) {
    const [a, b, c] = stack.splice(-3)
    stack.push(c, a, b)
  },
}
