import { describe, expect, test } from 'vitest'
import { asking } from '../asking.ts'
import { told } from './told.ts'

const images = (events: readonly string[]) => events.filter((one) => /^image|commit|pause/.test(one))

describe('commit', () => {
  test('of a running container pauses it meanwhile, unless it is told not to', async () => {
    const world = asking()
    await world.run('web')
    await world.ask('POST', '/commit?container=web&repo=me/app')
    await world.ask('POST', '/commit?container=web&pause=0')
    await world.ask('POST', '/containers/web/pause')
    await world.ask('POST', '/commit?container=web')
    const actions = images(await told(world)).map((one) => one.split(' ').slice(0, 2).join(' '))
    expect(actions).toEqual([
      ...['container pause', 'image create', 'image tag', 'container commit', 'container unpause'],
      ...['image create', 'container commit'],
      ...['container pause', 'image create', 'container commit'],
    ])
    expect((await world.ask('GET', '/containers/web/json')).json.State.Paused).toBe(true)
  })

  test('tells of the container it was made of to those who still ask for that', async () => {
    const { ask, run } = asking()
    await run('web', { Hostname: 'here' })
    await ask('POST', '/commit?container=web&repo=me/app&changes=CMD%20date')
    const id = (await ask('GET', '/containers/web/json')).json.Id
    const { json } = await ask('GET', '/v1.44/images/me/app/json')
    expect([json.Container, json.ContainerConfig.Cmd, json.ContainerConfig.Hostname]).toEqual([
      id,
      ['sleep', '300'],
      'here',
    ])
    expect(json.Config).toMatchObject({ Cmd: ['/bin/sh', '-c', 'date'], Hostname: '' })
    expect(Object.keys((await ask('GET', '/v1.45/images/me/app/json')).json)).not.toContain('ContainerConfig')
  })

  test('an image that is gone cannot be committed over', async () => {
    const { ask, run } = asking()
    await run('web')
    await ask('POST', '/containers/web/kill')
    const { Id } = (await ask('GET', '/images/busybox:1.36/json')).json
    await ask('DELETE', '/images/busybox:1.36?force=1')
    expect((await ask('POST', '/commit?container=web')).refusal).toBe(
      `500 failed to get digest ${Id}: open /var/lib/docker/image/vfs/imagedb/content/sha256/${Id.slice(7)}: no such file or directory`,
    )
  })

  test('a step that changes no file makes no layer, and history says so', async () => {
    const { ask, run } = asking()
    await run('web')
    await ask('POST', '/commit?container=web&repo=me/app&author=me&comment=mine')
    const [top, below] = (await ask('GET', '/images/me/app/history')).json
    expect(top).toMatchObject({ Comment: 'mine', CreatedBy: 'sleep 300', Size: 0, Tags: ['me/app:latest'] })
    expect(below).toMatchObject({ Tags: ['busybox:1.36'] })
  })
})
