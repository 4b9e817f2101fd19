import { describe, expect, test } from 'vitest'
import { asking } from '../asking.ts'

test('ping has no body for HEAD, and its headers for both', async () => {
  const { ask } = asking()
  const [get, head] = [await ask('GET', '/_ping'), await ask('HEAD', '/v1.41/_ping')]
  expect([get.text, head.text]).toEqual(['OK', ''])
  for (const { headers } of [get, head]) {
    expect(headers.get('Api-Version')).toBe('1.51')
    expect(headers.get('Builder-Version')).toBe('1')
    expect(headers.get('Swarm')).toBe('inactive')
    expect(headers.get('Cache-Control')).toBe('no-cache, no-store, must-revalidate')
    expect(headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
  }
})

test('version tells the daemon and its parts', async () => {
  const { json } = await asking().ask('GET', '/version')
  expect(json).toMatchObject({ Version: '28.5.2', ApiVersion: '1.51', Os: 'linux', Arch: 'amd64' })
  expect(json.Components.map(({ Name }: { Name: string }) => Name)).toEqual([
    'Engine',
    'containerd',
    'runc',
    'docker-init',
  ])
})

describe('info', () => {
  test('counts containers by state', async () => {
    const { ask, run } = asking({ host: { name: 'tank', cpus: 3 } })
    await run('a1')
    await run('b1')
    await ask('POST', '/containers/b1/pause')
    await ask('POST', '/containers/create?name=c1', { Image: 'busybox:1.36', Cmd: ['true'] })
    const { json } = await ask('GET', '/info')
    expect(json).toMatchObject({
      Containers: 3,
      ContainersRunning: 1,
      ContainersPaused: 1,
      ContainersStopped: 1,
      Images: 3,
      Name: 'tank',
      NCPU: 3,
    })
  })

  test('looks as it did in older versions', async () => {
    const { ask } = asking()
    const fields = async (version: string) => (await ask('GET', `/v${version}/info`)).json
    expect(await fields('1.51')).toHaveProperty('FirewallBackend')
    expect(await fields('1.49')).toMatchObject({ BridgeNfIptables: false })
    expect(await fields('1.45')).not.toHaveProperty('Containerd')
    expect((await fields('1.43')).Runtimes.runc).toEqual({ path: 'runc' })
    expect(await fields('1.24')).toMatchObject({ SecurityOptions: ['seccomp'], KernelMemory: true })
    expect(await fields('1.15')).toMatchObject({ MemoryLimit: 1 })
  })
})

describe('df', () => {
  test('tells of every kind, or of those that were asked for', async () => {
    const { ask, run } = asking()
    await run('box', { HostConfig: { Binds: ['data:/data'] } })
    const all = (await ask('GET', '/system/df')).json
    expect(all.Images.find((image: { RepoTags: string[] }) => image.RepoTags.includes('busybox:1.36'))).toMatchObject({
      Containers: 1,
      RepoDigests: null,
    })
    expect(all.LayersSize).toBe(all.Images.reduce((sum: number, { Size }: { Size: number }) => sum + Size, 0))
    expect(all.Containers).toHaveLength(1)
    expect(all.Volumes[0]).toMatchObject({ Name: 'data', UsageData: { RefCount: 1, Size: 0 } })
    const some = (await ask('GET', '/system/df?type=container&type=volume')).json
    expect([some.LayersSize, some.Images, some.BuildCache]).toEqual([0, null, null])
    expect([some.Containers.length, some.Volumes.length]).toEqual([1, 1])
  })

  test('an unknown kind is refused, which older clients could not name', async () => {
    const { ask } = asking()
    expect((await ask('GET', '/system/df?type=foo')).refusal).toBe('400 unknown object type: foo')
    expect((await ask('GET', '/v1.41/system/df?type=foo')).status).toBe(200)
  })
})

test.each([
  ['POST', '/session', '400 no upgrade proto in request'],
  ['POST', '/grpc', '500 no upgrade proto in request'],
  ['POST', '/auth', '500 EOF'],
  ['GET', '/events?since=abc', '500 strconv.ParseInt: parsing "abc": invalid syntax'],
  ['GET', '/events?since=200&until=100', '400 `since` time (200) cannot be after `until` time (100)'],
])('%s %s', async (method, path, refusal) => {
  expect((await asking().ask(method, path)).refusal).toBe(refusal)
})
