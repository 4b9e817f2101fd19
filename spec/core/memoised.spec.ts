import { expect, test } from 'vitest'
import { memoised } from '../../src/core/memoised.ts'

test('makes each of the first texts once, the others each time, and forgets what was thrown', () => {
  const asked: string[] = []
  const length = memoised((text) => {
    asked.push(text)
    if (text === 'wrong') throw new TypeError('wrong')
    return text.length
  }, 2)
  for (const text of ['a', 'bb', 'ccc', 'a', 'bb', 'ccc']) expect(length(text)).toBe(text.length)
  expect(() => length('wrong')).toThrow('wrong')
  expect(() => length('wrong')).toThrow('wrong')
  expect(asked).toEqual(['a', 'bb', 'ccc', 'ccc', 'wrong', 'wrong'])
})
