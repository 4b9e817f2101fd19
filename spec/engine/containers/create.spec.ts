import { describe, expect, test } from 'vitest'
import { createCommand, tiny, World } from '../world.ts'

const refusal = (body: Record<string, unknown>, name = 'c1') => new World().try(createCommand(name, body))

describe('what is refused', () => {
  test.each<[Record<string, unknown>, string]>([
    [{ Image: 'nosuch' }, 'NotFound No such image: nosuch:latest'],
    [{ Image: 'reg.example.com:5000/a/b:c' }, 'NotFound No such image: reg.example.com:5000/a/b:c'],
    [
      { Image: 'UPPER:case' },
      'InvalidParameter invalid reference format: repository name (library/UPPER) must be lowercase',
    ],
    [{ Image: 'a//b' }, 'InvalidParameter invalid reference format'],
    [{ Image: '0'.repeat(64) }, `NotFound No such image: sha256:${'0'.repeat(64)}`],
    [{ Image: `tiny@sha256:${'0'.repeat(64)}` }, `NotFound No such image: tiny@sha256:${'0'.repeat(64)}`],
    [{ Env: ['=x'] }, 'InvalidParameter invalid environment variable: =x'],
    [{ Env: [''] }, 'InvalidParameter invalid environment variable: '],
    [{ StopSignal: 'NOPE' }, 'InvalidParameter invalid signal: NOPE'],
    [{ WorkingDir: 'rel' }, "InvalidParameter the working directory 'rel' is invalid, it needs to be an absolute path"],
    [{ WorkingDir: '/etc/passwd' }, 'System Cannot mkdir: /etc/passwd is not a directory'],
    [{ Healthcheck: { Interval: 5 } }, 'InvalidParameter Interval in Healthcheck cannot be less than 1ms'],
    [{ Healthcheck: { Retries: -5 } }, 'InvalidParameter Retries in Healthcheck cannot be negative'],
    [{ Image: '', Cmd: null }, 'InvalidParameter no command specified'],
  ])('config %j', (body, words) => {
    expect(refusal(body)).toBe(words)
  })

  test.each<[Record<string, unknown>, string]>([
    [{ Memory: 1024 }, 'Minimum memory limit allowed is 6MB'],
    [{ Memory: 1e8, MemorySwap: 5e7 }, 'Minimum memoryswap limit should be larger than memory limit, see usage'],
    [{ MemorySwap: 5e7 }, 'You should always set the Memory limit when using Memoryswap limit, see usage'],
    [{ NanoCpus: 999e9 }, 'range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available'],
    [{ NanoCpus: 1e9, CpuQuota: 1000 }, 'Conflicting options: Nano CPUs and CPU Quota cannot both be set'],
    [{ CpusetCpus: 'zz' }, 'Invalid value zz for cpuset cpus: invalid format: zz'],
    [{ CpusetCpus: '0-7' }, 'Requested CPUs are not available - requested 0-7, available: 0-1'],
    [{ OomScoreAdj: 5000 }, 'Invalid value 5000, range for oom score adj is [-1000, 1000]'],
    [{ IpcMode: 'zz' }, 'invalid IPC mode: zz'],
    [{ PidMode: 'zz' }, 'invalid PID mode: zz'],
    [{ UTSMode: 'zz' }, 'invalid UTS mode: zz'],
    [{ Runtime: 'nosuch' }, 'unknown or invalid runtime name: nosuch'],
    [{ CapAdd: ['NOPE'] }, 'invalid CapAdd: unknown capability: "CAP_NOPE"'],
    [{ ExtraHosts: ['foo'] }, 'bad format for add-host: "foo"'],
    [{ PortBindings: { '80/tcp': [{ HostPort: 'abc' }] } }, 'invalid port specification: "abc"'],
    [{ PortBindings: { '80/tcp': [{ HostPort: '70000' }] } }, 'invalid port specification: "70000"'],
    [{ LogConfig: { Type: 'nosuch' } }, 'error looking up logging plugin nosuch: plugin "nosuch" not found'],
    [{ LogConfig: { Config: { nope: '1' } } }, "unknown log opt 'nope' for json-file log driver"],
    [{ Links: ['nosuch:x'] }, 'could not get container for nosuch: No such container: nosuch'],
    [
      { RestartPolicy: { Name: 'foo' } },
      "invalid restart policy: unknown policy 'foo'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
    ],
    [
      { RestartPolicy: { Name: 'always', MaximumRetryCount: 3 } },
      "invalid restart policy: maximum retry count can only be used with 'on-failure'",
    ],
    [
      { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: -3 } },
      'invalid restart policy: maximum retry count cannot be negative',
    ],
    [
      { AutoRemove: true, RestartPolicy: { Name: 'always' } },
      "can't create 'AutoRemove' container with restart policy",
    ],
  ])('host config %j', (hostConfig, words) => {
    expect(refusal({ HostConfig: hostConfig })).toBe(`InvalidParameter ${words}`)
  })

  test('what the daemon does not class is a 500', () => {
    expect(refusal({ HostConfig: { SecurityOpt: ['foo'] } })).toBe('System invalid --security-opt 1: "foo"')
    expect(refusal({ HostConfig: { StorageOpt: { size: '1G' } } })).toBe(
      'System Filesystem does not support, or has not enabled quotas',
    )
  })
})

describe('names', () => {
  test.each(['-bad', 'a b', 'a', '/', '_x'])('%j is none', (name) => {
    expect(refusal({}, name)).toBe(
      `InvalidParameter Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    )
  })

  test('one slash in front does not count, a taken one is refused', () => {
    const world = new World()
    const id = world.create('/c1')
    expect(world.container('c1').id).toBe(id)
    expect(world.try(createCommand('c1', {}))).toBe(
      `Conflict Conflict. The container name "/c1" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
    )
  })

  test('a container without one gets an adjective and a surname, and no two the same', () => {
    const world = new World()
    for (let i = 0; i < 200; i++) world.do(createCommand('', {}))
    const names = world.state.containers.names.keys()
    expect(new Set(names).size).toBe(200)
    for (const name of names) expect(name).toMatch(/^([a-z]+_[a-z]+\d?|[0-9a-f]{12})$/)
  })
})

describe('what is filled in', () => {
  test('the config, from the image and the id', () => {
    const world = new World()
    const id = world.create('c1', { Env: ['A=1'] })
    const { config, path, args, image, hostConfig } = world.container('c1')
    expect(config.hostname).toBe(id.slice(0, 12))
    expect(config.cmd).toEqual(['sh'])
    expect([path, args]).toEqual(['sh', []])
    expect(image).toBe(tiny.image.id)
    expect(hostConfig).toMatchObject({
      networkMode: 'bridge',
      restartPolicy: { name: 'no', maximumRetryCount: 0 },
      logConfig: { type: 'json-file', config: {} },
      shmSize: 67_108_864,
      ipcMode: 'private',
      runtime: 'runc',
    })
  })

  test('an entrypoint drops the image’s command, an empty one clears the image’s entrypoint', () => {
    const world = new World()
    world.create('c1', { Entrypoint: ['echo'] })
    expect(world.container('c1').config).toMatchObject({ entrypoint: ['echo'], cmd: null })
    world.create('c2', { Entrypoint: [''], Cmd: ['true'] })
    expect(world.container('c2').config).toMatchObject({ entrypoint: null, cmd: ['true'] })
    world.create('c3', { Entrypoint: [], Cmd: ['true'] })
    expect(world.container('c3').config).toMatchObject({ entrypoint: [], cmd: ['true'] })
  })

  test('a container needs no image, but then it has nothing to run', () => {
    const world = new World()
    world.create('c1', { Image: '', Cmd: ['true'] })
    expect(world.container('c1').config.labels).toBeNull()
    const events = world.do({ type: 'ContainerStart', id: 'c1' })
    expect(events.at(-1)).toMatchObject({ type: 'container.start_failed', exitCode: 127 })
  })

  test('the working directory is made, and is the container’s own change', () => {
    const world = new World()
    const id = world.create('c1', { WorkingDir: '/a/b' })
    const root = world.state.containers.roots.get(id)
    expect(root).toBeDefined()
    expect(root).not.toBe(world.container('c1').base)
  })

  test('twice the memory is swap', () => {
    const world = new World()
    world.create('c1', { HostConfig: { Memory: 67_108_864 } })
    expect(world.container('c1').hostConfig.memorySwap).toBe(134_217_728)
  })
})
