import { describe, expect, test } from 'vitest'
import { asking } from '../asking.ts'
import { told } from './told.ts'

const short = (id: string) => id.replace('sha256:', '').slice(0, 12)

async function world() {
  const one = asking()
  const { Id } = (await one.ask('GET', '/images/busybox:1.36/json')).json
  const idOf = async (name: string) => (await one.ask('GET', `/containers/${name}/json`)).json.Id as string
  const remove = (name: string, query = '') => one.ask('DELETE', `/images/${name}?${query}`)
  return { ...one, world: one, id: Id as string, idOf, remove }
}

describe('DELETE /images/{name}', () => {
  test('takes a name, and with the last one the image', async () => {
    const { ask, remove, id, world: one } = await world()
    await ask('POST', '/images/busybox:1.36/tag?repo=me/other&tag=1')
    expect((await remove('busybox:1.36')).json).toEqual([{ Untagged: 'busybox:1.36' }])
    const [untagged, deleted, layer] = (await remove('me/other:1')).json
    expect([untagged, deleted]).toEqual([{ Untagged: 'me/other:1' }, { Deleted: id }])
    expect(layer.Deleted).toMatch(/^sha256:/)
    expect(await told(one)).toEqual([
      'image tag me/other:1',
      `image untag ${id}`,
      `image untag ${id}`,
      `image delete ${id}`,
    ])
  })

  test('of a digest goes with the last tag of its repository', async () => {
    const { ask, remove } = await world()
    await ask('POST', '/images/create?fromImage=redis&tag=7')
    const [digest] = (await ask('GET', '/images/redis:7/json')).json.RepoDigests
    const lines = (await remove('redis:7')).json.map((line: object) => Object.entries(line)[0]?.join(' '))
    expect(lines.slice(0, 2)).toEqual(['Untagged redis:7', `Untagged ${digest}`])
  })

  test('a running container keeps it, whatever is said', async () => {
    const { run, remove, id, idOf } = await world()
    await run('web')
    const container = short(await idOf('web'))
    expect((await remove('busybox:1.36')).refusal).toBe(
      `409 conflict: unable to remove repository reference "busybox:1.36" (must force) - container ${container} is using its referenced image ${short(id)}`,
    )
    for (const query of ['', 'force=1'])
      expect((await remove(id, query)).refusal).toBe(
        `409 conflict: unable to delete ${short(id)} (cannot be forced) - image is being used by running container ${container}`,
      )
  })

  test('a stopped one can be overruled, and keeps its files', async () => {
    const { run, ask, remove, id, idOf } = await world()
    await run('web', { Cmd: ['true'] })
    expect((await remove(id)).refusal).toBe(
      `409 conflict: unable to delete ${short(id)} (must be forced) - image is being used by stopped container ${short(await idOf('web'))}`,
    )
    expect((await remove('busybox:1.36', 'force=1')).json[0]).toEqual({ Untagged: 'busybox:1.36' })
    expect((await ask('GET', '/containers/web/json')).json.Image).toBe(id)
    expect((await ask('GET', '/containers/web/archive?path=/etc/passwd')).status).toBe(200)
  })

  test('names in several repositories, and children, stand in the way of an id', async () => {
    const { ask, run, remove, id } = await world()
    await ask('POST', '/images/busybox:1.36/tag?repo=me/other')
    expect((await remove(id)).refusal).toBe(
      `409 conflict: unable to delete ${short(id)} (must be forced) - image is referenced in multiple repositories`,
    )
    await run('web', { Cmd: ['true'] })
    await ask('POST', '/commit?container=web&repo=child')
    await ask('DELETE', '/containers/web')
    expect((await remove(id, 'force=1')).refusal).toBe(
      `409 conflict: unable to delete ${short(id)} (cannot be forced) - image has dependent child images`,
    )
  })

  test('parents without a name go with their last child, unless they shall not', async () => {
    for (const [query, gone] of [
      ['', true],
      ['noprune=1', false],
    ] as const) {
      const { ask, run, remove } = await world()
      await run('web', { Cmd: ['true'] })
      const parent = (await ask('POST', '/commit?container=web')).json.Id
      await ask('POST', '/containers/create?name=web2', { Image: parent })
      await ask('POST', '/commit?container=web2&repo=child')
      for (const name of ['web', 'web2']) await ask('DELETE', `/containers/${name}`)
      const { json } = await remove('child', query)
      expect(json.some(({ Deleted }: { Deleted?: string }) => Deleted === parent)).toBe(gone)
      expect((await ask('GET', `/images/${parent}/json`)).status).toBe(gone ? 404 : 200)
      expect((await ask('GET', '/images/busybox:1.36/json')).status).toBe(200)
    }
  })

  test.each([
    ['nosuch', '404 No such image: nosuch:latest'],
    ['UPPER', '400 invalid reference format: repository name (library/UPPER) must be lowercase'],
  ])('%s is refused', async (name, refusal) => {
    expect((await (await world()).remove(name)).refusal).toBe(refusal)
  })
})

describe('POST /images/prune', () => {
  const pruned = async (filters?: object) => {
    const { ask, run } = asking()
    await run('web', { Cmd: ['true'] })
    const nameless = (await ask('POST', '/commit?container=web&changes=LABEL%20team%3Da')).json.Id
    const query = filters ? `?filters=${encodeURIComponent(JSON.stringify(filters))}` : ''
    const { json, status, text } = await ask('POST', `/images/prune${query}`)
    if (status !== 200) return text
    const lines = (json.ImagesDeleted ?? []).flatMap((line: object) => Object.values(line))
    return {
      nameless: lines.includes(nameless),
      alpine: lines.includes('alpine:3.20'),
      busybox: lines.includes('busybox:1.36'),
    }
  }

  test.each<[object | undefined, object]>([
    [undefined, { nameless: true, alpine: false, busybox: false }],
    [{ dangling: ['false'] }, { nameless: true, alpine: true, busybox: false }],
    [{ label: ['team'] }, { nameless: true, alpine: false, busybox: false }],
    [{ label: ['team=b'] }, { nameless: false, alpine: false, busybox: false }],
    [{ 'label!': ['team'] }, { nameless: false, alpine: false, busybox: false }],
    [{ until: ['1h'] }, { nameless: false, alpine: false, busybox: false }],
    [
      { until: ['1h'], dangling: ['0'] },
      { nameless: false, alpine: true, busybox: false },
    ],
  ])('%j', async (filters, expected) => {
    expect(await pruned(filters)).toEqual(expected)
  })

  test('tells what it gained, of which shared layers are no part, and of nothing as null', async () => {
    const { ask } = asking()
    expect((await ask('POST', '/images/prune')).json).toEqual({ ImagesDeleted: null, SpaceReclaimed: 0 })
    const { Size } = (await ask('GET', '/images/alpine:3.20/json')).json
    await ask('DELETE', '/images/hello-world')
    await ask('DELETE', '/images/busybox:1.36')
    const all = encodeURIComponent('{"dangling":["false"]}')
    expect((await ask('POST', `/images/prune?filters=${all}`)).json.SpaceReclaimed).toBe(Size)
  })
})
