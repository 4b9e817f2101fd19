import { describe, expect, test } from 'vitest'
import { Builder, idOf, textOf } from './building.ts'

const dockerfile = 'FROM busybox:1.36\nENV A=1\nRUN echo made > /f\nCOPY f /g\nCMD ["x"]\n'
const files = { f: 'data' }
const hits = (text: string) => (text.match(/Using cache/g) ?? []).length

describe('the cache', () => {
  test('what a COPY takes, whom it gives it to and how tells it from others', async () => {
    const builder = new Builder()
    const step = async (copy: string, text = 'x') =>
      hits(textOf(await builder.build('', `FROM scratch\n${copy}\n`, { f: text })))
    expect(await step('COPY f /f')).toBe(0)
    expect(await step('COPY f /f')).toBe(1)
    expect(await step('COPY f /f', 'y')).toBe(0)
    expect(await step('COPY --chown=1:2 f /f')).toBe(0)
    expect(await step('ADD f /f')).toBe(0)
  })

  test('a build argument that a RUN sees is part of it, a proxy is not', async () => {
    const builder = new Builder()
    const step = async (args: object) =>
      hits(
        textOf(
          await builder.build(
            `buildargs=${encodeURIComponent(JSON.stringify(args))}`,
            'FROM busybox:1.36\nARG X\nRUN echo "<$X$HTTP_PROXY>"\n',
          ),
        ),
      )
    expect(await step({ X: '1' })).toBe(0)
    expect(await step({ X: '1' })).toBe(2)
    expect(await step({ X: '2' })).toBe(1)
    expect(await step({ X: '1', HTTP_PROXY: 'http://p' })).toBe(2)
  })
})

describe('cachefrom', () => {
  /** Another tank that has the image by `save` and `load` alone: its history is all that is known of it. */
  async function loaded() {
    const first = new Builder()
    const id = idOf(await first.build('t=app', dockerfile, files))
    const archive = new Uint8Array(await (await first.get('images/app/get')).arrayBuffer())
    const second = new Builder()
    await second.tank.fetch(new Request('http://docker/images/load', { method: 'POST', body: archive }))
    return { builder: second, id }
  }
  const from = (...names: string[]) => `cachefrom=${encodeURIComponent(JSON.stringify(names))}`

  test('given an image that was loaded, its steps are not made again', async () => {
    const { builder, id } = await loaded()
    expect(hits(textOf(await builder.build('', dockerfile, files)))).toBe(0)
    const { builder: other } = await loaded()
    const lines = await other.build(from('nosuch', 'app'), dockerfile, files)
    expect(hits(textOf(lines))).toBe(4)
    expect(idOf(lines)).toBe(id)
  })

  test('what is not in its history is made anew, on what is', async () => {
    const { builder } = await loaded()
    const lines = await builder.build(from('app'), dockerfile.replace('COPY f /g', 'COPY f /h'), files)
    expect(hits(textOf(lines))).toBe(2)
    expect(builder.file(idOf(lines)!, '/f')).toBe('made\n')
    expect(builder.file(idOf(lines)!, '/h')).toBe('data')
  })

  test('steps made here that lead to none of its images do not count', async () => {
    const builder = new Builder()
    await builder.build('t=app', dockerfile, files)
    expect(hits(textOf(await builder.build(from('app'), dockerfile, files)))).toBe(4)
    expect(hits(textOf(await builder.build(from('busybox:1.36'), dockerfile, files)))).toBe(0)
    expect(hits(textOf(await builder.build(from('nosuch'), dockerfile, files)))).toBe(0)
  })
})
