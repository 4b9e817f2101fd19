import { expect, test } from 'vitest'
import { asking } from '../asking.ts'

const IMAGE = { Image: 'busybox:1.36', Cmd: ['sleep', '300'] }

test('the host config comes at the start', async () => {
  const { ask } = asking()
  await ask('POST', '/v1.12/containers/create?name=old', { ...IMAGE, Memory: 8_388_608, Volumes: { '/kept': {} } })
  const started = await ask('POST', '/v1.12/containers/old/start', { Binds: ['data:/data'], Privileged: true })
  expect(started.status).toBe(204)
  const { json } = await ask('GET', '/containers/old/json')
  expect(json.HostConfig).toMatchObject({ Binds: ['data:/data'], Privileged: true })
  expect(json.Mounts.map(({ Destination }: { Destination: string }) => Destination).sort()).toEqual(['/data', '/kept'])
  expect((await ask('DELETE', '/volumes/data')).status).toBe(409)
  await ask('DELETE', '/containers/old?force=1')
  expect((await ask('DELETE', '/volumes/data')).status).toBe(204)
})

test('limits stood in the config', async () => {
  const { ask } = asking()
  await ask('POST', '/v1.17/containers/create?name=old', { ...IMAGE, Memory: 8_388_608, CpuShares: 512 })
  expect((await ask('GET', '/containers/old/json')).json.HostConfig).toMatchObject({
    Memory: 8_388_608,
    CpuShares: 512,
  })
  const { json } = await ask('GET', '/v1.17/containers/old/json')
  expect(json.Config).toMatchObject({ Memory: 8_388_608 })
  expect(json).toMatchObject({ Volumes: {}, VolumesRW: {} })
  expect(json).not.toHaveProperty('Mounts')
  expect(json.Image).toMatch(/^[0-9a-f]{64}$/)
})

test('since 1.24 a start says nothing', async () => {
  const { ask } = asking()
  await ask('POST', '/containers/create?name=new', IMAGE)
  expect((await ask('POST', '/v1.24/containers/new/start', { Privileged: true })).refusal).toBe(
    '400 starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24',
  )
})

test.each([
  ['1.12', 204, 204],
  ['1.13', 304, 204],
  ['1.19', 304, 204],
  ['1.20', 304, 409],
])('at %s: stop of a stopped one %i, kill %i', async (version, stop, kill) => {
  const { ask } = asking()
  await ask('POST', '/containers/create?name=box', IMAGE)
  expect((await ask('POST', `/v${version}/containers/box/stop`)).status).toBe(stop)
  expect((await ask('POST', `/v${version}/containers/box/kill`)).status).toBe(kill)
})

test('the list has the words of its time, and fewer fields', async () => {
  const { ask, run, tank } = asking()
  await run('up')
  await ask('POST', '/containers/create?name=new', IMAGE)
  tank.clock.advance(1000)
  const list = (await ask('GET', '/v1.15/containers/json?all=1')).json
  expect(list.map(({ Status }: { Status: string }) => Status)).toEqual(['', 'Up 1 seconds'])
  expect(Object.keys(list[1]).sort()).toEqual(['Command', 'Created', 'Id', 'Image', 'Names', 'Ports', 'Status'])
})

test('refusals are plain text', async () => {
  const { status, text, headers } = await asking().ask('GET', '/v1.23/containers/nosuch/json')
  expect([status, text, headers.get('Content-Type')]).toEqual([
    404,
    'No such container: nosuch\n',
    'text/plain; charset=utf-8',
  ])
})
