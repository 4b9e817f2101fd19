import { describe, expect, test } from 'vitest'
import { image } from '../../../src/index.ts'
import { asking } from '../asking.ts'

const dated = (name: string, created: number, labels = {}) => image(name, { created, labels, files: { '/f': name } })

/** Three images of an hour each, and a step between two of them. */
async function world() {
  const START = 1_735_689_600
  const world = asking({
    images: [dated('old', START - 7200, { a: '1' }), dated('new', START - 3600, { a: '2', b: '' })],
  })
  const names = async (query: string, version = '') => {
    const { json } = await world.ask('GET', `${version}/images/json?${query}`)
    return json.flatMap(({ RepoTags, Id }: { RepoTags: string[]; Id: string }) =>
      RepoTags.length > 0 ? RepoTags : [Id],
    )
  }
  const filtered = (filters: object) => names(`filters=${encodeURIComponent(JSON.stringify(filters))}`)
  return { ...world, names, filtered }
}

describe('GET /images/json', () => {
  test('newest first, steps of others only with all', async () => {
    const { ask, run, names } = await world()
    await run('web', { Image: 'busybox:1.36' })
    const step = (await ask('POST', '/commit?container=web')).json.Id
    expect((await names(''))[0]).toBe(step)
    await run('web2', { Image: step })
    await ask('POST', '/commit?container=web2&repo=top')
    expect(await names('')).toEqual(expect.not.arrayContaining([step]))
    expect(await names('all=1')).toEqual(expect.arrayContaining([step, 'top:latest']))
    expect((await names('')).slice(0, 3)).toEqual(['top:latest', 'new:latest', 'old:latest'])
  })

  test.each<[object, readonly string[]]>([
    [{ before: ['new'] }, ['old:latest', 'busybox:1.36', 'alpine:3.20', 'hello-world:latest']],
    [{ since: ['old'] }, ['new:latest']],
    [{ since: ['busybox:1.36'], before: ['new'] }, ['old:latest']],
    [{ label: ['a'] }, ['new:latest', 'old:latest']],
    [{ label: ['a=2'] }, ['new:latest']],
    [{ label: ['a', 'b'] }, ['new:latest']],
    [{ reference: ['n*'] }, ['new:latest']],
    [{ reference: ['*:latest'] }, ['new:latest', 'old:latest', 'hello-world:latest']],
    [{ reference: ['old', 'new:latest'] }, ['new:latest', 'old:latest']],
    [{ until: ['90m'] }, ['old:latest', 'busybox:1.36', 'alpine:3.20', 'hello-world:latest']],
    [{ dangling: ['true'] }, []],
    [{ dangling: { false: true }, reference: ['new'] }, ['new:latest']],
  ])('%j', async (filters, expected) => {
    expect(await (await world()).filtered(filters)).toEqual(expected)
  })

  test.each<[object | string, string]>([
    [{ before: ['nosuch'] }, '404 No such image: nosuch:latest'],
    [{ nosuch: ['x'] }, "400 invalid filter 'nosuch'"],
    [{ dangling: ['zz'] }, "400 invalid filter 'dangling=[zz]'"],
    [{ until: ['zz'] }, '500 failed to parse value as time or duration: "zz"'],
    ['{', '400 invalid filter'],
  ])('%j is refused', async (filters, refusal) => {
    const { ask } = await world()
    const text = typeof filters === 'string' ? filters : JSON.stringify(filters)
    expect((await ask('GET', `/images/json?filters=${encodeURIComponent(text)}`)).refusal).toBe(refusal)
  })

  test('a glob beside the filters is for clients before 1.41', async () => {
    const { names } = await world()
    expect(await names('filter=new', '/v1.40')).toEqual(['new:latest'])
    expect((await names('filter=new', '/v1.41')).length).toBe(5)
  })

  test('SharedSize is reckoned when it is asked for: bytes of layers that others have too', async () => {
    const { ask, run } = await world()
    await run('web')
    await ask('POST', '/commit?container=web&repo=top')
    const sizes = async (query: string) => {
      const { json } = await ask('GET', `/images/json?${query}`)
      return new Map(json.map((one: { RepoTags: string[]; SharedSize: number }) => [one.RepoTags[0], one.SharedSize]))
    }
    const { Size } = (await ask('GET', '/images/busybox:1.36/json')).json
    expect((await sizes('')).get('top:latest')).toBe(-1)
    const shared = await sizes('shared-size=1')
    expect([shared.get('top:latest'), shared.get('busybox:1.36'), shared.get('new:latest')]).toEqual([Size, Size, 0])
  })

  test('Containers says how many use it, and RepoDigests where it was pulled from', async () => {
    const { ask, run } = await world()
    await run('web')
    const one = (await ask('GET', '/images/json?filters=%7B%22reference%22%3A%5B%22busybox%22%5D%7D')).json[0]
    expect([one.Containers, one.RepoDigests]).toEqual([1, []])
    await ask('POST', '/images/create?fromImage=redis&tag=7')
    const { RepoDigests } = (await ask('GET', '/images/redis:7/json')).json
    expect(RepoDigests).toEqual([expect.stringMatching(/^redis@sha256:[0-9a-f]{64}$/)])
  })
})
