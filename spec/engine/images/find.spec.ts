import { expect, test } from 'vitest'
import { Problem } from '../../../src/core/problem.ts'
import { find } from '../../../src/engine/images/find.ts'
import { tiny, World } from '../world.ts'

const { images } = new World().state
const hex = tiny.image.id.slice('sha256:'.length)

test.each([
  'tiny',
  'tiny:latest',
  'library/tiny',
  'docker.io/library/tiny:latest',
  tiny.image.id,
  hex,
  hex.slice(0, 12),
  `sha256:${hex.slice(0, 12)}`,
])('%s is found', (text) => {
  expect(find(images, text).id).toBe(tiny.image.id)
})

test.each([
  ['nosuch', 'No such image: nosuch:latest'],
  ['tiny:x', 'No such image: tiny:x'],
  ['0'.repeat(64), `No such image: sha256:${'0'.repeat(64)}`],
  [`sha256:${'0'.repeat(64)}`, `No such image: sha256:${'0'.repeat(64)}`],
  [`tiny@sha256:${'0'.repeat(64)}`, `No such image: tiny@sha256:${'0'.repeat(64)}`],
])('%s is not', (text, words) => {
  expect(refusal(text)).toEqual(new Problem('NotFound', words))
})

function refusal(text: string): unknown {
  try {
    return find(images, text)
  } catch (problem) {
    return problem
  }
}
