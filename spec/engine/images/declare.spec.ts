import { describe, expect, test, vi } from 'vitest'
import { declareImage, seconds } from '../../../src/engine/images/declare.ts'
import { directory, file } from '../../../src/engine/images/official/linux-tree.ts'
import { asking } from '../asking.ts'

const tree = () => [directory('etc'), file('etc/motd', 'hello\n')]
const said = { created: seconds(1_700_000_000), config: { cmd: ['sh'] }, history: [{ createdBy: 'x' }] }
const atOnce = declareImage({ ...said, layers: [tree()] })
const { diffId, contentSize } = atOnce.layers[0]!

/** A world with one image, of which is written down what its layer comes to. */
function given() {
  const members = vi.fn(tree)
  const image = { ...said, layers: [{ members, facts: { diffId, contentSize } }] }
  return { members, ...asking({ images: { 'docker.io/me/late:1': image } }) }
}

describe('a layer of which is known what it comes to', () => {
  test.each([
    ['GET', '/_ping'],
    ['GET', '/info'],
    ['GET', '/system/df'],
    ['GET', '/images/json?shared-size=1'],
    ['GET', '/images/me/late:1/json'],
    ['GET', '/images/me/late:1/history'],
    ['POST', '/images/me/late:1/tag?repo=me/other'],
    ['POST', '/images/prune'],
    ['DELETE', '/images/me/late:1'],
  ])('is not written by %s %s, nor by a fork', async (method, path) => {
    const { ask, tank, members } = given()
    expect((await ask(method, path)).status).toBeLessThan(300)
    tank.fork().restore(tank.snapshot())
    expect(members).not.toHaveBeenCalled()
  })

  test('is written once for its files and once for its archive, by the first who looks into them', async () => {
    const { ask, tank, members } = given()
    expect((await ask('POST', '/containers/create?name=one', { Image: 'me/late:1' })).status).toBe(201)
    expect(tank.container('one').fs.readFileSync('/etc/motd', 'utf8')).toBe('hello\n')
    expect((await ask('POST', '/containers/create?name=two', { Image: 'me/late:1' })).status).toBe(201)
    expect(tank.fork().image('me/late:1').fs.readFileSync('/etc/motd', 'utf8')).toBe('hello\n')
    expect(members).toHaveBeenCalledTimes(1)
    for (const world of [tank, tank.fork()])
      expect((await world.fetch(new Request('http://docker/images/get?names=me/late:1'))).status).toBe(200)
    expect(members).toHaveBeenCalledTimes(2)
  })

  test('is the same as one that was written at once', async () => {
    const saved = async ({ ask }: Pick<ReturnType<typeof asking>, 'ask'>) =>
      (await ask('GET', '/images/get?names=me/late:1')).bytes
    expect(await saved(given())).toEqual(await saved(asking({ images: { 'docker.io/me/late:1': atOnce } })))
  })
})
