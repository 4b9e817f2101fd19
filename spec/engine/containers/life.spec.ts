import { describe, expect, test } from 'vitest'
import { createWavetank, type Wavetank } from '../../../src/index.ts'

/** Through the public door, with programs running. */
function world(tank: Wavetank = createWavetank({ record: true })) {
  const ask = async (method: string, path: string, body?: unknown) => {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await tank.fetch(new Request(`http://docker${path}`, { method, ...init }))
    const text = await response.text()
    return { status: response.status, json: text === '' || response.status >= 500 ? undefined : parsed(text), text }
  }
  const run = async (name: string, command: string, over: Record<string, unknown> = {}) => {
    await ask('POST', `/containers/create?name=${name}`, { Image: 'busybox:1.36', Cmd: ['sh', '-c', command], ...over })
    return ask('POST', `/containers/${name}/start`)
  }
  return { tank, ask, run }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

interface Told {
  readonly event: { readonly type: string; readonly signal?: number }
}
const happened = (tank: Wavetank) =>
  tank.journal.entries.flatMap((entry) => (entry.kind === 'event' ? [(entry as unknown as Told).event] : []))
const NAMED =
  /^(container\.(create|start|kill|stop|die|destroy|restart|pause|unpause|oom)|network\.(connect|disconnect)|volume\.(mount|unmount))$/
const named = (tank: Wavetank) =>
  happened(tank)
    .filter(({ type }) => NAMED.test(type))
    .map(({ type, signal }) => (signal === undefined ? type : `${type} ${signal}`))

describe('exit codes', () => {
  test.each<[string, Record<string, unknown>, number]>([
    ['exit 42', {}, 42],
    ['kill -9 $$; sleep 1; exit 3', {}, 3],
    ['nosuchcommand', {}, 127],
  ])('%s', async (command, over, code) => {
    const { ask, run } = world()
    await run('c1', command, over)
    expect((await ask('POST', '/containers/c1/wait')).json).toEqual({ StatusCode: code })
  })

  test('stop of PID 1 takes its grace and gives 137; a trap or an init makes it answer', async () => {
    const { ask, run, tank } = world()
    await run('c1', 'sleep 300')
    const before = tank.clock.now
    expect((await ask('POST', '/containers/c1/stop?t=5')).status).toBe(204)
    expect(tank.clock.now - before).toBe(5_000_000)
    expect((await ask('POST', '/containers/c1/wait')).json).toEqual({ StatusCode: 137 })
    await run('c2', 'trap "exit 7" TERM; while :; do sleep 0.1; done')
    await ask('POST', '/containers/c2/stop?t=5')
    expect((await ask('POST', '/containers/c2/wait')).json).toEqual({ StatusCode: 7 })
    await ask('POST', '/containers/create?name=c3', {
      Image: 'busybox:1.36',
      Cmd: ['sleep', '300'],
      HostConfig: { Init: true },
    })
    await ask('POST', '/containers/c3/start')
    await ask('POST', '/containers/c3/stop?t=5')
    expect((await ask('POST', '/containers/c3/wait')).json).toEqual({ StatusCode: 143 })
  })
})

describe('the order of events', () => {
  test('run, stop, restart, force rm', async () => {
    const { ask, run, tank } = world()
    await run('c1', 'sleep 300', { HostConfig: { Binds: ['data:/data'] } })
    await ask('POST', '/containers/c1/restart?t=1')
    await ask('DELETE', '/containers/c1?force=1')
    expect(named(tank)).toEqual([
      'container.create',
      'volume.mount',
      'network.connect',
      'container.start',
      'container.kill 15',
      'container.kill 9',
      'network.disconnect',
      'volume.unmount',
      'container.stop',
      'container.die',
      'volume.mount',
      'network.connect',
      'container.start',
      'container.restart',
      'container.kill 9',
      'network.disconnect',
      'volume.unmount',
      'container.die',
      'container.destroy',
    ])
  })

  test('a start that fails in the runtime leaves networks that it never joined', async () => {
    const { ask, tank } = world()
    await ask('POST', '/containers/create?name=c1', { Image: 'busybox:1.36', Cmd: ['nosuch'] })
    expect((await ask('POST', '/containers/c1/start')).status).toBe(400)
    expect(named(tank)).toEqual(['container.create', 'network.disconnect'])
  })
})

describe('wait', () => {
  test('sends its head at once and its body at the exit', async () => {
    const { ask, run, tank } = world(createWavetank({ clock: 'manual' }))
    await run('c1', 'sleep 2; exit 4')
    const response = await tank.fetch(new Request('http://docker/v1.51/containers/c1/wait', { method: 'POST' }))
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
    tank.clock.advance(2_000)
    expect(await response.json()).toEqual({ StatusCode: 4 })
    expect((await ask('POST', '/containers/c1/wait?condition=foo')).json).toEqual({
      message: 'invalid condition: "foo"',
    })
  })

  test('before 1.30 there are no conditions', async () => {
    const { ask, run } = world()
    await run('c1', 'exit 4')
    expect((await ask('POST', '/v1.29/containers/c1/wait?condition=removed')).json).toEqual({ StatusCode: 4 })
  })

  test('removed comes with AutoRemove', async () => {
    const { ask, run, tank } = world(createWavetank({ clock: 'manual' }))
    await run('c1', 'sleep 1; exit 5', { HostConfig: { AutoRemove: true } })
    const waiting = ask('POST', '/containers/c1/wait?condition=removed')
    await new Promise((resolve) => setImmediate(resolve))
    tank.clock.advance(1_000)
    expect((await waiting).json).toEqual({ StatusCode: 5 })
    expect((await ask('GET', '/containers/c1/json')).status).toBe(404)
  })
})

describe('answers', () => {
  test('inspect has its fields in the daemon’s order', async () => {
    const { ask, run } = world()
    await run('c1', 'sleep 300')
    const { json } = await ask('GET', '/containers/c1/json?size=1')
    expect(Object.keys(json as object)).toEqual(
      `Id Created Path Args State Image ResolvConfPath HostnamePath HostsPath LogPath Name RestartCount Driver Platform
      MountLabel ProcessLabel AppArmorProfile ExecIDs HostConfig GraphDriver SizeRw SizeRootFs Mounts Config NetworkSettings`
        .trim()
        .split(/\s+/),
    )
  })

  test('the list has its fields in the daemon’s order', async () => {
    const { ask, run } = world()
    await run('c1', 'sleep 300')
    const { json } = await ask('GET', '/containers/json')
    expect(Object.keys((json as object[])[0]!)).toEqual(
      `Id Names Image ImageID Command Created Ports Labels State Status HostConfig NetworkSettings Mounts`.split(' '),
    )
  })

  test('update says what it has to warn of, prune what it took', async () => {
    const { ask, run } = world()
    await run('c1', 'sleep 300')
    const limits = { Memory: 67_108_864, MemorySwap: 134_217_728 }
    expect((await ask('POST', '/containers/c1/update', limits)).json).toEqual({ Warnings: null })
    expect((await ask('POST', '/containers/c1/update')).json).toEqual({ Warnings: null })
    expect((await ask('POST', '/containers/c1/update', { Memory: 10 })).status).toBe(400)
    expect((await ask('POST', '/containers/prune')).json).toEqual({ ContainersDeleted: null, SpaceReclaimed: 0 })
    await ask('POST', '/containers/c1/kill')
    const { json } = await ask('POST', '/containers/prune')
    expect((json as { ContainersDeleted: string[] }).ContainersDeleted).toHaveLength(1)
  })

  test('bodies and queries that cannot be', async () => {
    const { ask, run } = world()
    await run('c1', 'sleep 300')
    const statuses = await Promise.all([
      ask('POST', '/containers/create', {}),
      ask('POST', '/containers/c1/start', { Binds: ['/a:/b'] }),
      ask('POST', '/containers/c1/start?checkpoint=x'),
      ask('POST', '/containers/c1/stop?t=abc'),
      ask('GET', '/containers/json?limit=abc'),
      ask('GET', '/containers/json?filters=%7Bnope'),
      ask('DELETE', '/containers/'),
      ask('GET', '/containers/api%2Fx/json'),
    ])
    expect(statuses.map(({ status }) => status)).toEqual([400, 400, 400, 500, 500, 400, 400, 404])
  })

  test('a create that is not whole says so', async () => {
    const { tank } = world()
    const create = async (body: string | undefined, type?: string) => {
      const headers = type === undefined ? {} : { 'content-type': type }
      const request = new Request('http://docker/containers/create', { method: 'POST', body: body ?? null, headers })
      return ((await (await tank.fetch(request)).json()) as { message: string }).message
    }
    expect(await create(undefined)).toBe('invalid JSON: got EOF while reading request body')
    expect(await create('{nope', 'application/json')).toBe(
      "invalid JSON: invalid character 'n' looking for beginning of object key string",
    )
    expect(await create('null', 'application/json')).toBe('config cannot be empty in order to create a container')
    expect(await create('{"HostConfig":{}}', 'application/json')).toBe(
      'config cannot be empty in order to create a container',
    )
    expect(await create('{"Image":5}', 'application/json')).toBe(
      'invalid JSON: json: cannot unmarshal number into Go struct field .Image of type string',
    )
    expect(await create('{"Image":"x"}', 'text/plain')).toBe(
      "unsupported Content-Type header (text/plain): must be 'application/json'",
    )
  })
})
